#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/ports/directory.hpp"

#include <optional>
#include <string_view>

namespace countersign::rules {

// Why somebody may not do what they ask for.
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
    own_account_unknown,  // Slack does not tell their address, so that nobody can tell whether it is
    channel_shared,       // the approvals channel is no place to decide in: people of other companies are in it,
    channel_public,       // or everybody in the workspace is,
    channel_unknown,      // or it cannot be looked at
};

// The names under which denials stand in the audit log: never change one.
std::string_view name_of(Denial denial) noexcept;

// Both ids are one person's. Rights that hang on who somebody is are given by this alone.
bool is_same(const Directory& directory, const SlackUserId& one, const SlackUserId& other);
// Both may be one person's, by their ids or by the address of their Slack profiles: where two have to act that is one
// too few. An address that Slack does not tell makes nobody one: address_denial() keeps such people out where that is
// no risk to take.
bool may_be_one(const Directory& directory, const SlackUserId& one, const SlackUserId& other);

// Whether the address of somebody's Slack profile, by which people are compared with accounts and with one another, has
// to be known and is not. nullopt: go on.
std::optional<Denial> address_denial(const Member& who, OwnAccountCheck check);

// nullopt: yes.
std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose);
// The same for one address: nobody asks for their own account, nor decides about it.
// This can be told by the address of their Slack profile alone: who has another one there is not found out, and of whom
// Slack tells none `check` says what becomes.
std::optional<Denial> may_ask(const Result<Member>& who, Purpose purpose, const Email& email, OwnAccountCheck check);
// Once the account is known: by any address that it can be signed in to with.
std::optional<Denial> may_ask(const Result<Member>& who, const Request& request, OwnAccountCheck check);
// The second group decides what was passed on to it, and only that.
std::optional<Denial> may_decide(
    const Result<Member>& who, const SlackUserId& id, const Request& request, OwnAccountCheck check);
// Whether passwords can be derived from what a card says: any that is set may be of the standard format.
bool uses_standard_format(const Settings& settings);
// Whether anything may be decided in the approvals channel at all.
std::optional<Denial> channel_denial(ChannelSafety approvals);
// To take back what one asked for: a member of ours, with or without a role. Without one nothing is known about their
// standing, so that it opens nothing else.
std::optional<Denial> may_act(const Result<Member>& who);
// To stop everything, and to let it go on.
std::optional<Denial> may_freeze(const Result<Member>& who);
std::optional<Denial> may_review(const Result<Member>& who);
// A request's details: whoever decides or reviews, and the person who asked, while they may ask for such.
std::optional<Denial> may_see(const Result<Member>& who, const SlackUserId& id, const Request& request);

}  // namespace countersign::rules
