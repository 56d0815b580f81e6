#include "handlers/actions/guards.hpp"
#include "handlers/actions/request_presses.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/views/details.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::actions {

namespace {

Refusal nothing_to_see(rules::Denial denial) { return Refusal{name_of(denial), views::nothing_to_see(denial)}; }

bool is_requester(const SlackUserId& who, const Snapshot& seen)
{
    return rules::is_same(seen.people, who, seen.request->requester);
}

std::optional<Refusal> looking_refusal(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (!seen.request) return Refusal{"request_unknown", views::card_unknown()};
    if (!is_served(press.source, settings)) return nothing_to_see(rules::Denial::other_workspace);
    // By the id that stands in the request, where it is that person's.
    const SlackUserId& viewer = is_requester(press.by, seen) ? seen.request->requester : press.by;
    if (const auto denial = rules::may_see(seen.member(press.by), viewer, *seen.request))
        return nothing_to_see(*denial);
    return std::nullopt;
}

// Whoever decides has to compare the address, and whoever asked has typed it. Others review: they need not know it.
views::Visibility visibility_for(const SlackUserId& who, const Snapshot& seen)
{
    const auto member = seen.member(who);
    const bool decides = member && (member->holds(Role::approver) || member->holds(Role::escalation));
    return decides || is_requester(who, seen) ? views::Visibility::whole : views::Visibility::masked;
}

}  // namespace

Verdict show(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (const auto refusal = looking_refusal(press, seen, settings)) return refuse(press, seen, *refusal, "No details");
    Verdict verdict{seen.now};
    const Request& request = *seen.request;
    verdict.transaction->audit.emplace_back("details_shown", press.by.str(), request.id);
    // Who looks for it in the Home may do so because the card is gone.
    if (request.asked && request.is_open() && press.channel != settings.approvals)
        verdict.transaction->jobs.push_back(rules::card_check(request.id, seen.now));
    verdict.window = Modal{views::details(request, settings, seen.held.freeze, visibility_for(press.by, seen))};
    return verdict;
}

}  // namespace countersign::actions
