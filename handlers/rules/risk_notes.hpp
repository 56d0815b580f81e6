#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/member.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::rules {

// What an approver should know about a request besides its facts. The codes stand in stored requests: never change one.
namespace risk_code {

inline constexpr std::string_view reset_lately = "reset_lately";    // detail: when, Unix milliseconds
inline constexpr std::string_view email_changed = "email_changed";  // since our last change of this account
inline constexpr std::string_view phone_changed = "phone_changed";  // likewise
inline constexpr std::string_view never_signed_in = "never_signed_in";
inline constexpr std::string_view blocked = "blocked";
inline constexpr std::string_view not_verified = "not_verified";      // the e-mail address
inline constexpr std::string_view other_accounts = "other_accounts";  // with this address; detail: how many
inline constexpr std::string_view many_requests = "many_requests";    // detail: the how many-th of this person
inline constexpr std::string_view same_decider = "same_decider";      // detail: "U0LEA 6 7": who, how often, of all
inline constexpr std::string_view each_other =
    "each_other";  // detail: "U0LEA 6 7 4 5": the same, and the other way round
inline constexpr std::string_view policy_unknown = "policy_unknown";
inline constexpr std::string_view custom_database = "custom_database";
inline constexpr std::string_view own_account_unchecked = "own_account_unchecked";  // Slack does not tell the address
inline constexpr std::string_view metadata_unread = "metadata_unread";  // the tier is a guess on the safe side

}  // namespace risk_code

inline constexpr std::chrono::hours reset_lately_within{7 * 24};
inline constexpr std::chrono::hours deciders_within{30 * 24};
inline constexpr int same_decider_from = 5;  // decisions of one person, or of two together: more than half of all

// `code`: one of namespace risk_code.
RiskNote risk_note_of(std::string_view code, std::string detail = {});

// What can be told from the account and from our last change of it.
std::vector<RiskNote> account_risk_notes(
    const Request& request, const std::optional<Request>& last_change, TimePoint now);

// How often one person decided of another's requests, and of how many.
struct DecidedFor
{
    SlackUserId by;
    int often = 0;
    int all = 0;

    bool is_most() const { return often * 2 > all; }
};

// Who decided most of these, if it is more than half of them.
std::optional<DecidedFor> usual_decider(const std::vector<Decision>& deciders);
DecidedFor decided_by(const SlackUserId& who, const std::vector<Decision>& deciders);

// Whether one person decided this requester's requests unusually often, or two people each other's. `usual`: of this
// requester's requests; `back`: how often the requester decided of that person's. Both of deciders_within.
std::vector<RiskNote> decider_risk_notes(const std::optional<DecidedFor>& usual, const DecidedFor& back);

// The notes that raise doubts whether this is the caller's account: for the requester, who talks to the caller. Notes
// that are often harmless (never signed in, not verified) are for approvers alone.
std::vector<RiskNote> doubts_about_person(const std::vector<RiskNote>& risk_notes);

// Adds the note that the account could not be compared with the address of a requester or approver, where the settings
// let that pass. Once a request.
void note_unchecked(Request& request, const Result<Member>& who, OwnAccountCheck check);

}  // namespace countersign::rules
