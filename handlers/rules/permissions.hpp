#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/member.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace countersign::rules {

// Why a person may not do what they ask for.
enum class Denial
{
    rights_unknown,  // Slack has not told: the answer is no
    other_workspace,
    deactivated,
    guest,
    bot,
    not_a_requester,
    not_an_implementer,  // asks for resets only
    not_an_approver,
    not_an_auditor,
    own_request,
    own_account,          // the account that it is about is their own
    own_account_unknown,  // Slack does not tell their address, so that it cannot be compared
    channel_shared,       // the approvals channel is unfit to decide in: it is shared with another company,
    channel_public,       // or everybody in the workspace can read it,
    channel_unknown,      // or Slack does not say
};

// The names under which denials stand in the audit log: never change one.
std::string_view name_of(Denial denial) noexcept;
// The ending of a request that this keeps from going on.
StoredEnding ending_of(Denial denial);

// Says no when the address of a person's Slack profile must be known and is not. By it people are compared with
// accounts and with one another.
std::optional<Denial> address_denial(const Member& who, OwnAccountCheck check);

// nullopt: yes.
std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose);
// All that this person may ask for.
std::vector<Purpose> purposes_of(const Result<Member>& who);
// The same for one address: nobody asks for their own account, or decides about it. Only the address of the Slack
// profile is compared: a person with another address there is not noticed. `check` says what happens when Slack tells
// none.
std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose, const Email& email, OwnAccountCheck check);
// The same once the account is known: compares every address with which it can be signed in to.
std::optional<Denial> may_ask(const Result<Member>& who, const Request& request, OwnAccountCheck check);
// Members of the second group decide only what was passed on to them.
std::optional<Denial> may_decide(
    const Result<Member>& who, const SlackUserId& id, const Request& request, OwnAccountCheck check);
// Whether any request may use the standard format, whose passwords can be derived from what a card says.
bool uses_standard_format(const Settings& settings);
// Says no while nothing may be decided in the approvals channel.
std::optional<Denial> channel_denial(ChannelSafety approvals);
// For taking back one's own request: any member of the workspace may, with or without a role.
std::optional<Denial> may_act(const Result<Member>& who);
// For freezing and releasing.
std::optional<Denial> may_freeze(const Result<Member>& who);
std::optional<Denial> may_review(const Result<Member>& who);
// For a request's details: approvers, auditors, and the requester while they may ask for such requests.
std::optional<Denial> may_see(const Result<Member>& who, const SlackUserId& id, const Request& request);

}  // namespace countersign::rules
