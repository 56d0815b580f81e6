#include "handlers/effects/approval_check.hpp"

#include "handlers/rules/four_eyes.hpp"

#include <set>
#include <vector>

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<Outcome<StoredEnding>> approval_fault(const Services& services, Request request)
{
    // Where others read along, or nobody can look, an approval is no word of our own people any more.
    const auto channel = co_await services.directory.fetch_approvals_channel();
    if (!channel) co_return channel.error();
    if (const auto denial = rules::channel_denial(*channel)) co_return rules::ending_of(*denial);
    const OwnAccountCheck check = services.settings.approval.own_account_check;
    std::vector<SlackUserId> involved;
    std::vector<Member> members;
    for (const SlackUserId& approver : rules::approvers_of(request))
    {
        std::set<Role> deciding{Role::approver, Role::escalation};
        const auto member = co_await services.directory.fetch(approver, std::move(deciding));
        if (!member) co_return member.error();
        StoredEnding fault = rules::approver_fault(*member, approver, request, check);
        if (!fault.is_none()) co_return fault;
        involved.push_back(approver);
        members.push_back(*member);
    }
    std::set<Role> asking{Role::support, Role::implementation};
    const auto requester = co_await services.directory.fetch(request.requester, std::move(asking));
    if (!requester) co_return requester.error();
    StoredEnding fault = rules::requester_fault(*requester, request, check);
    if (!fault.is_none()) co_return fault;
    involved.push_back(request.requester);
    members.push_back(*requester);
    // Whose ids these are is known now that Slack was asked about each of them.
    People people;
    for (std::size_t i = 0; i < involved.size(); ++i)
        people.add(involved[i], services.directory.identity(involved[i]), members[i]);
    if (rules::are_fewer_people(people, involved)) co_return StoredEnding{Ending::one_person};
    co_return StoredEnding{};
}

}  // namespace countersign::effects
