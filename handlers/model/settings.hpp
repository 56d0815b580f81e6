#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/model/tier.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

// What has to be filled in before approvers are asked.
struct FieldSettings
{
    bool reason_required = false;
    bool case_number_required = false;
    std::string
        case_number_pattern;  // of handlers/rules/case_number: empty takes any; checked when the configuration is read
    std::string ticket_example;  // shown at the field
};

// How a caller may prove who they are. Personal data never counts, so no method may be made of it.
struct VerificationMethod
{
    std::string id;     // as stored: never change the id of a method that was used
    std::string label;  // as people read it
};

struct VerificationSettings
{
    std::vector<VerificationMethod>
        methods;  // in the order in which they are offered; empty: the question is not asked
    bool required = false;

    // nullptr: not in the configuration, or no longer.
    const VerificationMethod* method(std::string_view id) const
    {
        for (const VerificationMethod& each : methods)
            if (each.id == id) return &each;
        return nullptr;
    }
};

// Requests within a sliding window; 0: no limit.
struct Limit
{
    int an_hour = 0;
    int a_day = 0;
};

struct LimitSettings
{
    // Requests that reached an approver, or still may; what was refused before, or cancelled, costs no place.
    Limit person{5, 20};
    Limit account{2, 3};
    Limit everybody{30, 200};
    // Look-ups of one person with any outcome: each tells whether an address is a customer's.
    Limit look_ups{30, 0};
    // Approvers are told from this many requests of a person within 24 hours on; 0: never.
    int look_twice_from = 10;
};

// Whom a line in a thread mentions, so that Slack tells them.
struct Mentioned
{
    std::vector<SlackGroupId> groups;
    std::vector<SlackUserId> users;
};

// No one may ask for, or decide about, their own account, which is recognised by the address of the Slack profile. When
// Slack does not tell that address:
enum class OwnAccountCheck
{
    refuse,  // the person is refused
    say,     // the person passes, and the card says that the address could not be compared
};

struct ApprovalSettings
{
    std::chrono::seconds expires_after{std::chrono::hours{4}};
    std::chrono::seconds remind_after{
        std::chrono::minutes{30}};           // 0: never; then again after twice the time, and so on
    std::chrono::seconds escalate_after{0};  // 0: never
    bool mention = true;                     // the approvers, when a card is posted
    OwnAccountCheck own_account_check = OwnAccountCheck::refuse;
    // Whether everybody in the workspace may read the approvals channel. From a card a password of the standard format
    // can be derived.
    bool public_channel = false;
    Mentioned approvers;    // mentioned so, and in reminders; config: [slack.groups], as the next one
    Mentioned escalate_to;  // mentioned then, and may decide from then on
};

struct PasswordSettings
{
    PasswordFormat format = PasswordFormat::sop;
    std::optional<PasswordFormat> support;                         // for requests of this role, instead of `format`
    std::optional<PasswordFormat> implementation;                  // likewise
    std::chrono::seconds reveal_within{std::chrono::minutes{15}};  // from Done to the press
    std::chrono::seconds link_life{std::chrono::hours{1}};         // of a password-change link
};

// Who a new account is made for (/create-password).
struct NewAccountSettings
{
    std::string connection;       // empty: the usual one
    bool email_verified = false;  // as the new profile says
    bool verify_email = true;     // Auth0 sends its verification mail
};

// What follows a change. Each is a step with a result of its own.
struct AfterCareSettings
{
    bool must_change = false;   // what the marker says to the Action in deploy/auth0-actions
    bool end_sessions = true;   // Auth0 plan permitting
    bool revoke_tokens = true;  // likewise
    bool tell_owner = false;    // by Auth0's own password-change mail, to a verified address
};

// What the operator decides about requests (the configuration's part that the handlers need).
struct Settings
{
    Settings(std::set<SlackTeamId> teams_, ChannelId approvals_, ChannelId audit_)
        : teams{std::move(teams_)},
          approvals{std::move(approvals_)},
          audit{std::move(audit_)}
    {}

    std::set<SlackTeamId> teams;  // the workspaces that are served
    ChannelId approvals;
    ChannelId audit;
    std::string usual_connection = "Username-Password-Authentication";
    FieldSettings fields;
    VerificationSettings verification;
    LimitSettings limits;
    ApprovalSettings approval;
    PasswordSettings password;
    NewAccountSettings new_accounts;
    AfterCareSettings after_change;
    std::vector<Tier> tiers;  // the first that matches counts
};

}  // namespace countersign
