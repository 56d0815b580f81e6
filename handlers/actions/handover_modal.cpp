#include "handlers/actions/handover_presses.hpp"
#include "handlers/rules/handover_transitions.hpp"

#include "handlers/actions/guards.hpp"
#include "handlers/checks/admission.hpp"
#include "handlers/effects/latest.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/views/actions.hpp"

// What happens in the window with the password. Slack repeats its private_metadata, which only we can have written, so
// that a press is known to come from that very view.
namespace countersign::actions {

namespace asio = boost::asio;

namespace {

slack::Answer answer_to(const std::optional<Result<Receipt>>& receipt)
{
    // Nothing to commit: the window of a request that is over.
    if (!receipt || *receipt) return slack::Acknowledged{};
    if (receipt->error() == Errc::replayed) return slack::Rejected{Errc::replayed};
    return slack::Rejected{Errc::unavailable};
}

// The window that has the password before the person. While it is being opened, Slack's answer may still be on its
// way: then a press can only come from the one that was filled.
int showing_window(const Handover& handover)
{
    return handover.state == HandoverState::shown ? handover.window : handover.windows;
}

// Why nothing is spelled out; empty: it is.
std::string fault_of(
    const Services& services, const slack::BlockAction& click, const Request& request,
    const std::optional<Refusal>& freeze, TimePoint now)
{
    if (!request.handover || !click.view_id) return "view_unknown";
    const Handover& handover = *request.handover;
    if (click.private_metadata != rules::handover_mark(request.id, showing_window(handover))) return "view_unknown";
    if (!is_served(click.origin, services.settings)) return std::string{name_of(rules::Denial::other_workspace)};
    if (!rules::is_same(services.directory, click.actor.id, request.requester)) return "not_the_requester";
    const auto who = services.directory.cached(click.actor.id);
    if (const auto denial = rules::may_ask(who, request, services.settings.approval.own_account_check))
        return std::string{name_of(*denial)};
    if (freeze) return freeze->code;
    // An opening whose answer has not come yet is a window that stands there already.
    const bool is_open = handover.state == HandoverState::shown || rules::is_opening(handover);
    if (!is_open || handover.is_closed || !handover.shown_at || now >= *handover.shown_at + rules::spelling_shown_for)
        return "closed";
    return request.format == PasswordFormat::link ? "nothing_to_spell" : "";
}

}  // namespace

asio::awaitable<HandlerResult> spell_password(const Services& services, slack::BlockAction click, ReplayMark replay)
{
    const TimePoint now = services.clock.now();
    const RequestId id{click.value};
    const auto request = co_await services.store.find_request(id);
    if (!request) co_return slack::Acknowledged{};
    const auto freeze = co_await checks::frozen(services);
    const std::string fault = fault_of(services, click, *request, freeze, now);

    Transaction change{now};
    AuditEvent row{fault.empty() ? "password_spelled" : "spelling_refused", click.actor.id.str(), id};
    if (!fault.empty()) row.details.emplace_back("why", fault);
    change.audit.push_back(std::move(row));
    if (fault.empty()) change.jobs.push_back(rules::request_job(job_kind::handover_spell, id, now));
    change.replay = std::move(replay);
    const std::optional<Result<Receipt>> receipt = co_await services.store.commit(std::move(change));
    co_return answer_to(receipt);
}

asio::awaitable<HandlerResult> close_password(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    if (!is_served(form.origin, services.settings)) co_return slack::Acknowledged{};
    const TimePoint now = services.clock.now();
    const SlackUserId actor = form.actor.id;
    effects::Decide decide = [&services, now, actor, replay](const Request& request) -> std::optional<Transaction> {
        if (!rules::is_same(services.directory, actor, request.requester)) return std::nullopt;
        Transaction change{now};
        if (!rules::try_advance(change, request, rules::HandoverEvent::close, actor.str())) return std::nullopt;
        change.replay = replay;
        return change;
    };
    RequestId id = rules::handover_window(form.private_metadata).request;
    const auto receipt = co_await effects::commit_latest(services, std::move(id), std::move(decide));
    co_return answer_to(receipt);
}

asio::awaitable<HandlerResult> leave_password(const Services& services, slack::ViewClosed closed, ReplayMark replay)
{
    if (!is_served(closed.origin, services.settings)) co_return slack::Acknowledged{};
    const TimePoint now = services.clock.now();
    const SlackUserId actor = closed.actor.id;
    rules::HandoverWindow left = rules::handover_window(closed.private_metadata);
    const int window = left.window;
    effects::Decide decide = [&services, now, actor, window,
                              replay](const Request& request) -> std::optional<Transaction> {
        if (!rules::is_same(services.directory, actor, request.requester)) return std::nullopt;
        Transaction change{now};
        if (!rules::leave(change, request, window, actor.str())) return std::nullopt;
        change.replay = replay;
        return change;
    };
    const auto receipt = co_await effects::commit_latest(services, std::move(left.request), std::move(decide));
    co_return answer_to(receipt);
}

}  // namespace countersign::actions
