#include "handlers/rules/conclude.hpp"

#include "handlers/rules/after_change.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::rules {

Transaction proved(Request request, const Account& now, const Settings& settings, TimePoint at)
{
    Transaction change{at};
    const OperationRow operation = row_of(operation_of(request));
    if (operation.sets_password) add_after_care(change, request, now, settings.after_change);
    if (!request.account) request.account.emplace(now);
    request.account->last_password_reset = now.last_password_reset;
    if (operation.handed_over != HandedOver::nothing) make_ready(change, request, at + settings.password.reveal_within);
    if (request.intent->blocked_before && !now.blocked) add_reblock(change, request);
    advance(change, std::move(request), Event::prove, system_actor);
    return change;
}

Transaction given_up(Request request, Ending ending, TimePoint at)
{
    Transaction change{at};
    request.ending = ending;
    // A change that may have been applied may also have cleared the block.
    if (request.intent->blocked_before) add_reblock(change, request);
    advance(change, std::move(request), Event::give_up, system_actor);
    return change;
}

}  // namespace countersign::rules
