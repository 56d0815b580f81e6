#include "handlers/actions/guards.hpp"
#include "handlers/actions/handover_presses.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/views/handover_view.hpp"
#include "handlers/views/not_now.hpp"

namespace countersign::actions {

namespace {

std::optional<Refusal> rights_refusal(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (!is_served(press.source, settings))
        return Refusal{name_of(rules::Denial::other_workspace), views::not_for_you()};
    if (!rules::is_same(seen.people, press.by, seen.request->requester))
        return Refusal{"not_the_requester", views::not_for_you()};
    // What is not known yet is no reason: Slack is asked once the window is open, before it shows anything.
    const auto denial = rules::may_ask(seen.member(press.by), *seen.request, settings.approval.own_account_check);
    if (denial && *denial != rules::Denial::rights_unknown && *denial != rules::Denial::own_account_unknown)
        return Refusal{name_of(*denial), views::not_allowed_to_see(*denial)};
    return std::nullopt;
}

std::optional<Refusal> showing_refusal(const Press& press, const Snapshot& seen, const Settings& settings)
{
    if (!seen.request || !seen.request->handover || !is_the_message(press, seen.requester_dm))
        return Refusal{"message_unknown", views::handover_unknown()};
    if (auto refusal = rights_refusal(press, seen, settings)) return refusal;
    const Handover& handover = *seen.request->handover;
    if (handover.state != HandoverState::ready && !rules::may_open_again(handover, seen.now))
        return Refusal{"not_ready", views::not_ready(*seen.request)};
    if (seen.now >= handover.until) return Refusal{"expired", views::not_ready(*seen.request)};
    if (seen.held.freeze) return Refusal{"frozen", views::frozen_handover(views::frozen(*seen.held.freeze))};
    return std::nullopt;
}

}  // namespace

Verdict hand_over(const Press& press, const Snapshot& seen, const Settings& settings)
{
    Verdict verdict{seen.now};
    if (const auto refusal = showing_refusal(press, seen, settings))
    {
        AuditEvent row{"handover_refused", press.by.str()};
        if (seen.request) row.request = seen.request->id;
        row.details.emplace_back("why", refusal->code);
        verdict.transaction->audit.push_back(std::move(row));
        tell(verdict, press, "Not shown", refusal->words);
        return verdict;
    }
    rules::advance(*verdict.transaction, *seen.request, rules::HandoverEvent::press, press.by.str());
    verdict.transaction->unless_frozen = true;
    verdict.window = Handing{seen.request->id};
    return verdict;
}

}  // namespace countersign::actions
