#pragma once

#include "handlers/core/strong_id.hpp"

#include <optional>
#include <set>

namespace countersign {

enum class Role
{
    support,         // may ask for a reset
    implementation,  // may ask for a reset, and for a first password
    approver,        // decides
    escalation,      // decides what the approvers did not decide in time
    auditor          // reviews
};

// What Slack says of a person (handlers/slack/CONTRACT.md, "People").
enum class MemberStatus
{
    member,
    deactivated,
    guest,
    bot,
    outsider,  // of another workspace
};

// A person and what they may do, at one moment.
struct Member
{
    MemberStatus status = MemberStatus::outsider;
    std::set<Role> roles;
    // Of their Slack profile. Absent when Slack does not say it (scope users:read.email) or it is no plain address:
    // then it is not known which customer account is their own.
    std::optional<Email> email;

    bool holds(Role role) const { return status == MemberStatus::member && roles.contains(role); }
};

// Whether the approvals channel is fit to decide in.
enum class ChannelSafety
{
    safe,
    shared_outside,     // people of other companies are in it, or are invited
    open_to_workspace,  // everybody in the workspace can read it
    archived,
    unknown,  // Slack could not be asked for too long, or does not show it: that means no
};

}  // namespace countersign
