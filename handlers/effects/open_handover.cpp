#include "handlers/effects/open_handover.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/credential_context.hpp"
#include "handlers/effects/latest.hpp"
#include "handlers/effects/patience.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/explanation_view.hpp"
#include "handlers/views/handover_view.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds words_within{20};  // until a window that shows nothing says why

// What became of an opening.
struct Ending
{
    Ending(rules::HandoverEvent event_, std::string why_, std::string words_ = {})
        : event{event_},
          why{std::move(why_)},
          words{std::move(words_)}
    {}

    bool is_shown() const { return event == rules::HandoverEvent::show || event == rules::HandoverEvent::lose; }

    rules::HandoverEvent event;
    std::string why;
    std::string words;           // for the person, when nothing is shown
    bool has_window = true;      // false: Slack has definitely opened none
    bool is_window_sure = true;  // false: Slack's answer to its opening was lost
};

std::string word_of(const Problem& problem)
{
    return problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason;
}

Ending given_back(std::string why)
{
    std::string words = views::press_again(why);
    return Ending{rules::HandoverEvent::give_back, std::move(why), std::move(words)};
}

// It is not shown now; whether it may be is found out when it is pressed again.
Ending held_back(rules::Denial denial)
{
    return Ending{rules::HandoverEvent::give_back, std::string{name_of(denial)}, views::not_allowed_to_see(denial)};
}

// It must not be shown any more. What was shown before stays shown, and is closed.
Ending taken_away(const Request& request, std::string why, std::string words)
{
    const bool was_shown = request.handover->state == HandoverState::reopening;
    return Ending{
        was_shown ? rules::HandoverEvent::close : rules::HandoverEvent::destroy, std::move(why), std::move(words)};
}

// Puts a view without a secret into a window of the request. not_found: that window is gone.
asio::awaitable<Outcome<void>> put(
    const Services& services, std::string window, boost::json::object view, Patience patience)
{
    for (;;)
    {
        boost::json::object sent = view;
        const auto there = co_await services.slack.update_view(window, std::move(sent));
        if (there) co_return there;
        const auto wait = patience.again(services.clock.now(), there.error());
        if (!wait) co_return there.error();
        co_await services.sleeper.sleep_until(services.clock.steady() + *wait);
    }
}

// P3, asked of Slack now: nullopt when the person may see it.
asio::awaitable<std::optional<Ending>> rights_fault(const Services& services, Request request)
{
    Patience patience{rules::pressed_at(*request.handover) + rules::rights_within};
    for (;;)
    {
        std::set<Role> asking{Role::support, Role::implementation};
        const auto who = co_await services.directory.fetch(request.requester, std::move(asking));
        if (who)
        {
            const auto denial = rules::may_ask(*who, request, services.settings.approval.own_account_check);
            if (!denial) co_return std::nullopt;
            if (*denial == rules::Denial::own_account_unknown) co_return held_back(*denial);
            co_return taken_away(request, std::string{name_of(*denial)}, views::not_allowed_to_see(*denial));
        }
        const auto wait = patience.again(services.clock.now(), who.error());
        if (!wait) co_return given_back("rights_unknown");
        co_await services.sleeper.sleep_until(services.clock.steady() + *wait);
    }
}

// The bot is about to end: what has not begun to show it is given back, so that the button works after the next start.
asio::awaitable<std::optional<Ending>> unless_stopped(asio::awaitable<std::optional<Ending>> checking)
{
    auto fault = co_await unless_interrupted(std::move(checking));
    if (!fault) co_return given_back("stopping");
    co_return std::move(*fault);
}

// False: the bot is about to end.
asio::awaitable<bool> pause(const Services& services, std::chrono::seconds wait)
{
    auto sleeping = [](const Services& services_, std::chrono::seconds wait_) -> asio::awaitable<bool> {
        co_await services_.sleeper.sleep_until(services_.clock.steady() + wait_);
        co_return true;
    };
    auto slept = sleeping(services, wait);
    const auto is_over = co_await unless_interrupted(std::move(slept));
    co_return is_over.has_value();
}

// P5: what another request has changed since is not the password any more. A link changes nothing.
asio::awaitable<bool> is_replaced(const Services& services, Request request)
{
    if (handed_over_by(request) != HandedOver::password || !request.account) co_return false;
    const auto last = co_await services.store.last_change_of(request.account->id);
    if (!last || last->id == request.id) co_return false;
    co_return handed_over_by(*last) == HandedOver::password;
}

// Never two windows at once: the one that showed it before is emptied first. nullopt: it is empty, or gone.
asio::awaitable<std::optional<Ending>> former_fault(const Services& services, Request request, TimePoint last)
{
    const int former = request.handover->window;
    if (former == 0 || former == request.handover->windows) co_return std::nullopt;
    std::string window = rules::handover_view_id(request.id, former);
    boost::json::object view = views::handover_moved(request, former);
    const Patience patience{last};
    const auto emptied = co_await put(services, std::move(window), std::move(view), patience);
    if (emptied || emptied.error().code == Errc::not_found) co_return std::nullopt;
    co_return given_back("former_window_open");
}

// Fills the window. What may have arrived at any of the tries counts as shown.
asio::awaitable<Ending> fill(const Services& services, Request request, Secret credential, TimePoint last)
{
    Patience patience{last};
    bool may_be_there = false;
    for (;;)
    {
        // Some of the calls before may have taken long.
        if (services.clock.now() >= last && !may_be_there) co_return given_back("too_late");
        std::string window = rules::handover_view_id(request.id, request.handover->windows);
        slack::SecretView view = views::handover(request, services.settings, credential.duplicate());
        const auto filled = co_await services.slack.update_secret_view(std::move(window), std::move(view));
        if (filled) co_return Ending{rules::HandoverEvent::show, ""};
        const Problem problem = filled.error();
        may_be_there = may_be_there || problem.code == Errc::unavailable || problem.code == Errc::answer_lost;
        const auto wait = patience.again(services.clock.now(), problem);
        bool goes_on = wait.has_value();
        if (wait) goes_on = co_await pause(services, *wait);
        if (goes_on) continue;
        std::string why = wait ? "stopping" : word_of(problem);
        if (may_be_there) co_return Ending{rules::HandoverEvent::lose, std::move(why)};
        co_return given_back(std::move(why));
    }
}

// What stands between the window and the password, and then the password.
asio::awaitable<Ending> check_and_fill(const Services& services, Request request)
{
    auto checking = rights_fault(services, request);
    auto fault = co_await unless_stopped(std::move(checking));
    if (fault) co_return std::move(*fault);
    const bool replaced = co_await is_replaced(services, request);
    if (replaced) co_return taken_away(request, "replaced", views::replaced());
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return taken_away(request, "credential_missing", views::unreadable());
    auto credential = services.vault.open(*sealed, credential_context(request));
    if (!credential) co_return taken_away(request, "credential_corrupt", views::unreadable());

    TimePoint last = rules::pressed_at(*request.handover) + rules::filled_within;
    if (request.handover->state == HandoverState::reopening)
    {
        const TimePoint nearly_over = request.handover->until - rules::filled_before_end;
        if (services.clock.now() >= nearly_over) co_return given_back("nearly_over");
        last = std::min(last, nearly_over);
    }
    if (services.clock.now() >= last) co_return given_back("too_late");
    auto emptying = former_fault(services, request, last);
    fault = co_await unless_stopped(std::move(emptying));
    if (fault) co_return std::move(*fault);
    // What was asked before all this may be some seconds old.
    const auto freeze = co_await checks::frozen(services);
    if (freeze) co_return Ending{rules::HandoverEvent::give_back, freeze->code, views::frozen_handover(freeze->words)};
    co_return co_await fill(services, std::move(request), std::move(*credential), last);
}

asio::awaitable<Ending> open(const Services& services, Request request, Secret trigger_id)
{
    // Within the life of the trigger, and therefore before anything is asked.
    boost::json::object view = views::handover_checking(request);
    const auto opened = co_await services.slack.open_view(std::move(trigger_id), std::move(view));
    const bool is_lost = !opened && opened.error().code == Errc::answer_lost;
    if (!opened && !is_lost)
    {
        Ending ending = given_back(word_of(opened.error()));
        ending.has_window = false;
        co_return ending;
    }
    Ending ending = co_await check_and_fill(services, std::move(request));
    ending.is_window_sure = !is_lost;
    co_return ending;
}

asio::awaitable<void> tell_beside(const Services& services, Request request, std::string words)
{
    const auto message = co_await services.store.find_post(request.id, PostKind::requester_dm);
    Note note{request.requester, std::move(words)};
    if (message) note.channel = message->channel;
    Transaction change{services.clock.now()};
    change.jobs.push_back(rules::note_job(note, change.at));
    const auto receipt = co_await services.store.commit(std::move(change));
    if (!receipt) log::warn("note_not_stored", {{"user", request.requester}});
}

// Nobody is left before a window that goes on checking: it says why it shows nothing. Where there is no window it is
// said beside the button, unless the person has closed the window or the message says it.
asio::awaitable<void> explain(const Services& services, Request request, int window, Ending ending, bool is_over)
{
    const std::string words = is_over ? views::not_ready(request) : ending.words;
    bool is_told = false;
    if (ending.has_window)
    {
        std::string id = rules::handover_view_id(request.id, window);
        boost::json::object view = views::explanation("Nothing was shown", words);
        const Patience patience{services.clock.now() + words_within};
        const auto there = co_await put(services, std::move(id), std::move(view), patience);
        is_told = there || (there.error().code == Errc::not_found && ending.is_window_sure);
    }
    if (is_told || is_over || ending.event != rules::HandoverEvent::give_back) co_return;
    co_await tell_beside(services, std::move(request), words);
}

// Closed for good, or over, while it was being opened: whatever still shows it is emptied.
asio::awaitable<void> empty(const Services& services, Request request, int window)
{
    std::string id = rules::handover_view_id(request.id, window);
    boost::json::object view = views::handover_over(request, window);
    const Patience patience{services.clock.now() + words_within};
    const auto emptied = co_await put(services, std::move(id), std::move(view), patience);
    if (!emptied && emptied.error().code != Errc::not_found)
        log::warn("handover_not_emptied", {{"request_id", request.id}, {"reason", emptied.error().reason}});
}

// What is due in the windows once the outcome is recorded. When it was not, all was over before.
asio::awaitable<void> conclude(const Services& services, RequestId id, int window, Ending ending, bool is_recorded)
{
    const auto request = co_await services.store.find_request(id);
    if (!request || !request->handover) co_return;
    const Handover& handover = *request->handover;
    const bool is_over = handover.is_closed || services.clock.now() >= handover.until;
    if (ending.is_shown())
    {
        if (is_over) co_await empty(services, *request, window);
        co_return;
    }
    const int former = handover.window;
    if (ending.event == rules::HandoverEvent::close && former != 0 && former != window)
        co_await empty(services, *request, former);
    const bool has_ended = !is_recorded || (handover.is_closed && ending.event == rules::HandoverEvent::give_back);
    co_await explain(services, *request, window, std::move(ending), has_ended);
}

}  // namespace

asio::awaitable<void> open_handover(const Services& services, OpenHandover then)
{
    const auto request = co_await services.store.find_request(then.request);
    if (!request || !request->handover || !rules::is_opening(*request->handover)) co_return;
    const int window = request->handover->windows;
    Ending ending = co_await open(services, *request, std::move(then.trigger_id));
    log::info("handover_ended", {{"request_id", then.request}, {"why", ending.why}});

    Decide decide = [&services, window, ending](const Request& latest) -> std::optional<Transaction> {
        // Closed by the person, or settled, before our answer came.
        if (!latest.handover || !rules::is_opening(*latest.handover) || latest.handover->windows != window)
            return std::nullopt;
        Transaction change{services.clock.now()};
        const bool is_late = latest.handover->state == HandoverState::opening && change.at >= latest.handover->until;
        const bool is_expired = ending.event == rules::HandoverEvent::give_back && is_late;
        const rules::HandoverEvent event = is_expired ? rules::HandoverEvent::expire : ending.event;
        rules::advance(change, latest, event, system_actor, ending.why);
        return change;
    };
    const auto receipt = co_await commit_latest(services, then.request, std::move(decide));
    if (receipt && !*receipt) log::warn("handover_not_recorded", {{"request_id", then.request}});
    const bool is_recorded = receipt.has_value();
    co_await conclude(services, then.request, window, std::move(ending), is_recorded);
}

}  // namespace countersign::effects
