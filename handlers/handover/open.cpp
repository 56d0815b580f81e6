#include "handlers/handover/open.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/latest.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/handover/steps.hpp"
#include "handlers/requests/admission.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/views/handover.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr const char* by_itself = "countersign";

// What became of an opening.
struct Ending
{
    Ending(HandoverEvent event_, std::string why_) : event{event_}, why{std::move(why_)} {}

    HandoverEvent event;
    std::string why;
    std::string words;  // for the person, when `why` does not tell it all
};

// P3, asked of Slack now: nullopt when the person may see it.
asio::awaitable<std::optional<Ending>> rights_fault(const Services& services, Request request)
{
    std::set<Role> asking{Role::support, Role::implementation};
    const auto who = co_await services.directory.ask(request.requester, std::move(asking));
    if (!who) co_return Ending{HandoverEvent::give_back, "rights_unknown"};
    if (const auto denial = may_ask(*who, request))
        co_return Ending{HandoverEvent::destroy, std::string{name_of(*denial)}};
    co_return std::nullopt;
}

// P5: what another request has changed since is not the password any more. A link changes nothing.
asio::awaitable<bool> is_replaced(const Services& services, Request request)
{
    if (request.format == PasswordFormat::ticket || !request.account) co_return false;
    const auto last = co_await services.store.last_change_of(request.account->id);
    co_return last && last->id != request.id && last->format != PasswordFormat::ticket;
}

asio::awaitable<Ending> open(const Services& services, Request request, Secret trigger_id)
{
    const auto fault = co_await rights_fault(services, request);
    if (fault) co_return *fault;
    // Slack would refuse it, and until it has said so nobody could press again.
    if (services.clock.now() - request.handover->shown_at.value_or(TimePoint{}) >= trigger_life)
        co_return Ending{HandoverEvent::give_back, "trigger_expired"};
    const bool replaced = co_await is_replaced(services, request);
    if (replaced) co_return Ending{HandoverEvent::destroy, "replaced"};
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return Ending{HandoverEvent::destroy, "credential_missing"};
    auto password = services.vault.open(*sealed, credential_context(request));
    if (!password) co_return Ending{HandoverEvent::destroy, "credential_corrupt"};

    // What was asked before all this may be some seconds old.
    const auto freeze = co_await frozen(services);
    if (freeze)
    {
        Ending held{HandoverEvent::give_back, freeze->code};
        held.words = views::frozen_handover(freeze->words);
        co_return held;
    }
    slack::SecretView view = views::handover(request, services.settings, std::move(*password));
    const auto opened = co_await services.slack.open_secret_view(std::move(trigger_id), std::move(view));
    if (opened) co_return Ending{HandoverEvent::show, ""};
    const Problem& problem = opened.error();
    std::string why = problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason;
    // Every other problem says that Slack has shown nothing.
    const bool may_be_open = problem.code == Errc::answer_lost;
    co_return Ending{may_be_open ? HandoverEvent::lose : HandoverEvent::give_back, std::move(why)};
}

// The words for the person, where the message that is redrawn does not say it all.
void add_note(Change& change, const Request& request, const std::optional<ChannelId>& channel, const Ending& ending)
{
    if (ending.event != HandoverEvent::give_back) return;
    Note note{request.requester, ending.words.empty() ? views::press_again(ending.why) : ending.words};
    note.channel = channel;
    change.jobs.push_back(note_job(note, change.at));
}

}  // namespace

asio::awaitable<void> open_handover(const Services& services, OpenHandover then)
{
    const auto request = co_await services.store.find_request(then.request);
    if (!request || !request->handover || request->handover->state != HandoverState::opening) co_return;
    const auto message = co_await services.store.find_post(then.request, PostKind::requester_dm);
    const std::optional<ChannelId> channel = message ? message->channel : std::nullopt;
    Ending ending = co_await open(services, *request, std::move(then.trigger_id));
    log::info("handover_ended", {{"request_id", then.request}, {"why", ending.why}});

    Decide decide = [&services, channel, ending](const Request& latest) -> std::optional<Change> {
        Change change{services.clock.now()};
        const bool is_late = latest.handover && change.at >= latest.handover->until;
        const bool is_over = ending.event == HandoverEvent::give_back && is_late;
        const HandoverEvent event = is_over ? HandoverEvent::expire : ending.event;
        // Closed by the person, or settled, before our answer came.
        if (!latest.handover || latest.handover->state != HandoverState::opening) return std::nullopt;
        static_cast<void>(step(change, latest, event, by_itself, ending.why));
        if (!is_over) add_note(change, latest, channel, ending);
        return change;
    };
    const auto receipt = co_await commit_latest(services, then.request, std::move(decide));
    if (receipt && !*receipt) log::warn("handover_not_recorded", {{"request_id", then.request}});
}

}  // namespace countersign
