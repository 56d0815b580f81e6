#include "handlers/actions/guards.hpp"
#include "handlers/actions/handover_presses.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/same_person.hpp"

// What happens in the window with the password. Slack repeats its private_metadata, which only we can have written, so
// that a press is known to come from that very view.
namespace countersign::actions {

namespace asio = boost::asio;

namespace {

// The window that has the password before the person. While it is being opened, Slack's answer may still be on its
// way: then a press can only come from the one that was filled.
int showing_window(const Handover& handover)
{
    return handover.state == HandoverState::shown ? handover.window : handover.windows;
}

// An opening whose answer has not come yet is a window that stands there already.
bool may_be_filled(const Handover& handover, TimePoint now)
{
    const bool is_open = handover.state == HandoverState::shown || rules::is_opening(handover);
    return is_open && !handover.is_closed && handover.shown_at && now < *handover.shown_at + rules::spelling_shown_for;
}

// Why nothing is spelled out, as a code; empty: it is.
std::string_view spelling_fault(const Press& press, const Snapshot& seen, const Settings& settings)
{
    const Request& request = *seen.request;
    if (!request.handover || !press.view_id) return "view_unknown";
    const Handover& handover = *request.handover;
    if (press.private_metadata != rules::handover_mark(request.id, showing_window(handover))) return "view_unknown";
    if (!is_served(press.source, settings)) return name_of(rules::Denial::other_workspace);
    if (!rules::is_same(seen.people, press.by, request.requester)) return "not_the_requester";
    if (const auto denial = rules::may_ask(seen.member(press.by), request, settings.approval.own_account_check))
        return name_of(*denial);
    if (seen.held.freeze) return "frozen";
    if (!may_be_filled(handover, seen.now)) return "closed";
    return handed_over_by(request) == HandedOver::link ? "nothing_to_spell" : "";
}

// Whether this is the window of who acts. Where it is not there is nobody to tell.
bool is_theirs(const Action& action, const Snapshot& seen, const Settings& settings)
{
    return is_served(action.source, settings) && seen.request &&
        rules::is_same(seen.people, action.by, seen.request->requester);
}

}  // namespace

Verdict spell(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (!seen.request) return Verdict::without_trace();
    const std::string_view fault = spelling_fault(press, seen, settings);
    Verdict verdict{seen.now};
    AuditEvent row{fault.empty() ? "password_spelled" : "spelling_refused", press.by.str(), seen.request->id};
    if (!fault.empty()) row.details.emplace_back("why", std::string{fault});
    verdict.transaction->audit.push_back(std::move(row));
    if (fault.empty())
        verdict.transaction->jobs.push_back(rules::request_job(job_kind::handover_spell, seen.request->id, seen.now));
    return verdict;
}

Verdict close_for_good(const Action& action, const Snapshot& seen, const Settings& settings)
{
    Verdict verdict{seen.now};
    if (!is_theirs(action, seen, settings)) return Verdict::without_trace();
    const bool is_closed =
        rules::try_advance(*verdict.transaction, *seen.request, rules::HandoverEvent::close, action.by.str());
    return is_closed ? verdict : Verdict::without_trace();
}

Verdict leave(const Action& action, int window, const Snapshot& seen, const Settings& settings)
{
    Verdict verdict{seen.now};
    if (!is_theirs(action, seen, settings)) return Verdict::without_trace();
    const auto left = rules::leave(*verdict.transaction, *seen.request, window, action.by.str());
    if (!left) return Verdict::without_trace();
    return verdict;
}

asio::awaitable<HandlerResult> close_password(const Services& services, slack::ViewSubmission form, ReplayMark replay)
{
    Performance performance{form.actor.id, std::move(replay)};
    performance.about = rules::handover_window(form.private_metadata).request;
    performance.tries_max = handover_tries_max;
    Decide decide = [action = action_of(form), &services](const Snapshot& seen) {
        return close_for_good(action, seen, services.settings);
    };
    return perform(services, std::move(performance), std::move(decide));
}

asio::awaitable<HandlerResult> leave_password(const Services& services, slack::ViewClosed closed, ReplayMark replay)
{
    rules::HandoverWindow left = rules::handover_window(closed.private_metadata);
    Performance performance{closed.actor.id, std::move(replay)};
    performance.about = std::move(left.request);
    performance.tries_max = handover_tries_max;
    Decide decide = [action = action_of(closed), window = left.window, &services](const Snapshot& seen) {
        return leave(action, window, seen, services.settings);
    };
    return perform(services, std::move(performance), std::move(decide));
}

}  // namespace countersign::actions
