#include "handlers/effects/job_handler.hpp"

#include "handlers/effects/after_change.hpp"
#include "handlers/effects/change_password.hpp"
#include "handlers/effects/claim.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/effects/deliver.hpp"
#include "handlers/effects/freeze_notice.hpp"
#include "handlers/effects/handler_shape.hpp"
#include "handlers/effects/handover_jobs.hpp"
#include "handlers/effects/home_tabs.hpp"
#include "handlers/effects/look_up.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/effects/reblock.hpp"
#include "handlers/effects/release.hpp"
#include "handlers/effects/reminders.hpp"
#include "handlers/effects/slack_refusal.hpp"
#include "handlers/model/job_kind.hpp"

#include <array>

namespace countersign::effects {

using namespace std::chrono_literals;
using rules::JobClass;

namespace {

// What fails is tried so long while whoever it talks to is away.
namespace retry {

constexpr Retry account{14, 60s, 1h};         // Auth0, while somebody waits: about ten minutes
constexpr Retry change{64, 60s, 720h};        // an approved change: about an hour. It ends by the age of its approval
constexpr Retry claim{10, 5s, 1h};            // a press of Approve. It ends by its own age
constexpr Retry message{80, 600s, 24h};       // what has to be read some day: about half a day
constexpr Retry remark{40, 300s, 4h};         // what is of use only for some hours
constexpr Retry glance{12, 300s, 1h};         // what is looked at now, or drawn anew when it is looked at
constexpr Retry whisper{5, 30s, 1h};          // what became of a click a moment ago
constexpr Retry spelling{4, 5s, 1h};          // in a window that is open for minutes
constexpr Retry clean_up{14, 60s, 24h};       // what is left to be emptied
constexpr Retry appointment{80, 600s, 720h};  // what is due while a request lives
constexpr Retry hand_over{80, 60s, 720h};     // the same, of a password
constexpr Retry waiting{14, 60s, 720h};       // that somebody waits for Auth0
constexpr Retry alarm{300, 300s, 24h};        // a freeze
constexpr Retry release{80, 60s, 1h};
constexpr Retry cards{80, 60s, 24h};  // all that wait
constexpr Retry homes{40, 60s, 1h};   // of everybody

}  // namespace retry

// What people read where a hand-over's job was given up.
constexpr std::string_view not_shown =
    "could not be recorded in the usual way. What was to be shown is not shown any more.";
constexpr std::string_view not_known =
    "could not be recorded in the usual way. The direct message says whether it can be shown again.";
constexpr std::string_view not_emptied =
    "could not be emptied. Whoever still has it open has to close it; Countersign keeps no copy.";

using OnBuried = boost::asio::awaitable<JobResult> (*)(Burial);

template <auto function>
constexpr JobHandler row(
    std::string_view kind, JobClass job_class, Retry retry, OnBuried on_buried, views::GivenUp given_up = {})
{
    using Shape = HandlerShape<decltype(function)>;
    return {kind,    &Shape::template run<function>, &reads<typename Shape::Payload>, job_class, retry, on_buried,
            given_up};
}

constexpr std::array handlers = {
    row<look_up>(job_kind::look_up, JobClass::looking_up, retry::account, lose_look_up),
    row<draw_card>(job_kind::card, JobClass::telling, retry::message, lose_card, {"the card in the approvals channel"}),
    row<answer_requester>(
        job_kind::answer, JobClass::telling, retry::glance, tell_people, {"the private answer to the requester"}),
    row<send_note>(job_kind::note, JobClass::telling, retry::whisper, tell_nobody),
    row<settle_claim>(job_kind::claim, JobClass::guarding, retry::claim, lose_claim),
    row<change_password>(job_kind::change, JobClass::changing, retry::change, lose_change),
    row<reblock>(job_kind::reblock, JobClass::mending, retry::account, lose_reblock),
    row<tell_requester>(
        job_kind::requester_dm, JobClass::telling, retry::message, tell_people, {"the requester's direct message"}),
    row<take_care>(after_change::mark_must_change, JobClass::caring, retry::account, fail_step),
    row<take_care>(after_change::revoke_tokens, JobClass::caring, retry::account, fail_step),
    row<take_care>(after_change::end_sessions, JobClass::caring, retry::account, fail_step),
    row<take_care>(after_change::tell_owner, JobClass::caring, retry::account, fail_step),
    row<report_after_care>(
        job_kind::thread, JobClass::rest, retry::message, tell_people, {"the report about the steps after the change"}),
    row<expire_handover>(
        job_kind::handover_expire, JobClass::guarding, retry::hand_over, end_handover,
        {"the end of the hand-over", not_shown}),
    row<settle_handover>(
        job_kind::handover_settle, JobClass::guarding, retry::hand_over, end_handover,
        {"what became of a press on the button that shows it,", not_known}),
    row<spell_handover>(job_kind::handover_spell, JobClass::telling, retry::spelling, tell_people, {"the spelling"}),
    row<close_handover>(
        job_kind::handover_close, JobClass::guarding, retry::clean_up, end_handover,
        {"the window with what was shown", not_emptied}),
    row<announce>(job_kind::announce, JobClass::rest, retry::message, tell_people, {"the audit message"}),
    row<expire>(job_kind::expire, JobClass::guarding, retry::appointment, tell_people, {"the expiry of the request"}),
    row<begin_change>(job_kind::begin_change, JobClass::changing, retry::appointment, lose_begin),
    row<remind>(job_kind::remind, JobClass::rest, retry::appointment, tell_people),
    row<escalate>(job_kind::escalate, JobClass::rest, retry::appointment, tell_people),
    row<say_in_thread>(job_kind::thread_line, JobClass::telling, retry::remark, tell_people, {"a line below the card"}),
    row<redraw_cards>(job_kind::redraw_cards, JobClass::telling, retry::cards, tell_people),
    row<announce_freeze>(job_kind::freeze_notice, JobClass::guarding, retry::alarm, tell_people),
    row<finish_release>(job_kind::release, JobClass::guarding, retry::release, tell_people),
    row<publish_home>(job_kind::home, JobClass::rest, retry::glance, tell_people),
    row<refresh_homes>(job_kind::homes, JobClass::rest, retry::homes, tell_people),
    row<say_still_waiting>(job_kind::still_waiting, JobClass::telling, retry::waiting, tell_nobody),
    row<tell_refusal>(job_kind::slack_refusal, JobClass::rest, retry::remark, tell_people),
    row<tell_trouble>(job_kind::trouble, JobClass::telling, retry::message, tell_nobody),
};

}  // namespace

std::span<const JobHandler> job_handlers() noexcept { return handlers; }

const JobHandler* handler_of(std::string_view kind) noexcept
{
    for (const JobHandler& handler : handlers)
        if (handler.kind == kind) return &handler;
    return nullptr;
}

JobClass class_of(std::string_view kind) noexcept
{
    const JobHandler* handler = handler_of(kind);
    return handler ? handler->job_class : JobClass::rest;
}

JobKinds kinds_of(JobClass job_class)
{
    const bool is_rest = job_class == JobClass::rest;
    JobKinds kinds{is_rest ? JobKinds::Are::others : JobKinds::Are::these, {}};
    for (const JobHandler& handler : handlers)
        if (is_rest != (handler.job_class == job_class)) kinds.kinds.emplace_back(handler.kind);
    return kinds;
}

}  // namespace countersign::effects
