#include "handlers/rules/four_eyes.hpp"

#include "handlers/rules/same_person.hpp"

#include <iterator>
#include <optional>

namespace countersign::rules {

namespace {

StoredEnding fault_of(const std::optional<Denial>& denial, Ending lost_right)
{
    if (!denial) return Ending::none;
    const bool is_about_owner = denial == Denial::own_account || denial == Denial::own_account_unknown;
    return is_about_owner ? ending_of(*denial) : StoredEnding{lost_right};
}

}  // namespace

std::set<SlackUserId> approvers_of(const Request& request)
{
    std::set<SlackUserId> approvers;
    if (request.decision) approvers.insert(request.decision->by);
    for (const Decision& approval : request.approvals) approvers.insert(approval.by);
    return approvers;
}

StoredEnding approver_fault(
    const Result<Member>& who, const SlackUserId& id, const Request& request, OwnAccountCheck check)
{
    return fault_of(may_decide(who, id, request, check), Ending::approver_lost_right);
}

StoredEnding requester_fault(const Result<Member>& who, const Request& request, OwnAccountCheck check)
{
    return fault_of(may_ask(who, request, check), Ending::requester_lost_right);
}

bool are_fewer_people(const People& people, const std::vector<SlackUserId>& involved)
{
    for (auto one = involved.begin(); one != involved.end(); ++one)
        for (auto other = std::next(one); other != involved.end(); ++other)
            if (may_be_one(people, *one, *other)) return true;
    return false;
}

}  // namespace countersign::rules
