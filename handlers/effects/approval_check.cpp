#include "handlers/effects/approval_check.hpp"

#include "handlers/checks/prepare.hpp"
#include "handlers/rules/permissions.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Somebody who asked or approved, and the address of their Slack profile.
struct Involved
{
    Involved(SlackUserId id_, std::optional<Email> email_) : id{std::move(id_)}, email{std::move(email_)} {}

    SlackUserId id;
    std::optional<Email> email;
};

// P3: four eyes. Two ids, or two profiles with one address, may be one person's.
bool are_fewer_people(const Directory& directory, const std::vector<Involved>& involved)
{
    for (auto one = involved.begin(); one != involved.end(); ++one)
        for (auto other = std::next(one); other != involved.end(); ++other)
        {
            if (rules::is_same(directory, one->id, other->id)) return true;
            if (one->email && one->email == other->email) return true;
        }
    return false;
}

bool is_about_owner(std::optional<rules::Denial> denial)
{
    return denial == rules::Denial::own_account || denial == rules::Denial::own_account_unknown;
}

}  // namespace

asio::awaitable<Outcome<std::string>> approval_fault(const Services& services, Request request)
{
    // Where others read along, or nobody can look, an approval is no word of our own people any more.
    const auto channel = co_await services.directory.fetch_approvals_channel();
    if (!channel) co_return channel.error();
    if (const auto denial = rules::channel_denial(*channel)) co_return std::string{name_of(*denial)};
    const OwnAccountCheck check = services.settings.approval.own_account_check;
    std::set<SlackUserId> approvers;
    if (request.decision) approvers.insert(request.decision->by);
    for (const Decision& approval : request.approvals) approvers.insert(approval.by);
    std::vector<Involved> involved;
    for (const SlackUserId& approver : approvers)
    {
        std::set<Role> deciding{Role::approver, Role::escalation};
        const auto member = co_await services.directory.fetch(approver, std::move(deciding));
        if (!member) co_return member.error();
        const auto denial = rules::may_decide(*member, approver, request, check);
        if (is_about_owner(denial)) co_return std::string{name_of(*denial)};
        if (denial) co_return std::string{"approver_lost_right"};
        involved.emplace_back(approver, member->email);
    }
    std::set<Role> asking{Role::support, Role::implementation};
    const auto requester = co_await services.directory.fetch(request.requester, std::move(asking));
    if (!requester) co_return requester.error();
    const auto denial = rules::may_ask(*requester, request, check);
    if (is_about_owner(denial)) co_return std::string{name_of(*denial)};
    if (denial) co_return std::string{"requester_lost_right"};
    involved.emplace_back(request.requester, requester->email);
    // Whose ids these are is known now that Slack was asked about each of them.
    if (are_fewer_people(services.directory, involved)) co_return std::string{"one_person"};
    co_return std::string{};
}

std::string demands_fault(const Settings& settings, const Request& request)
{
    const checks::Demands demands = checks::demands_of(settings, request);
    if (demands.refuse) return "protected";
    const bool is_stricter = demands.approvals > request.approvals_needed || demands.cooling > request.cooling ||
        (demands.format && *demands.format != request.format) ||
        (demands.verification && !checks::is_verified(settings, request));
    return is_stricter ? "demands_more" : "";
}

bool same_as_approved(const Account& shown, const Account& now)
{
    // What an older version stored does not say what each identity is signed in to with. That an address was verified
    // meanwhile changes nothing.
    const auto same_address = [](const SignIn& left, const SignIn& right) { return left.address == right.address; };
    const bool same_sign_ins = shown.sign_ins.empty() ||
        std::equal(shown.sign_ins.begin(), shown.sign_ins.end(), now.sign_ins.begin(), now.sign_ins.end(),
                   same_address);
    return same_sign_ins && shown.blocked == now.blocked && shown.database_connections == now.database_connections &&
        shown.last_password_reset == now.last_password_reset && shown.given_name == now.given_name &&
        shown.family_name == now.family_name && shown.email == now.email;
}

}  // namespace countersign::effects
