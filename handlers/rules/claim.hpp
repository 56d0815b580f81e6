#pragma once

#include "handlers/model/member.hpp"
#include "handlers/model/request.hpp"
#include "handlers/rules/permissions.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

// A claim: somebody has pressed Approve who may do so as far as is remembered. It is stored with the press, and whether
// it counts is settled by what Slack says afterwards.
namespace countersign::rules {

inline constexpr std::chrono::seconds claim_settled_within{30};  // of the press, while Slack cannot be asked
inline constexpr std::size_t claims_max = 8;                     // of one request at the same moment
inline constexpr int claim_tries_max = 10;                       // within that time, whatever the clock does
// A claim that nothing has settled by then is nobody's any more: what it claims would have lapsed.
inline constexpr std::chrono::hours claim_age_max{2};

// This very press is among the claims of the request.
bool holds_claim(const Request& request, const Decision& claim);
// Those that may still be settled.
std::vector<Decision> open_claims(const Request& request, TimePoint now);
// Somebody has pressed Approve, and Slack is being asked: until that is settled the request does not expire.
bool awaits_claims(const Request& request, TimePoint now);
void drop_claim(Request& request, const Decision& claim);

// What is known when a claim is looked at: Slack was asked after the press.
struct ClaimFacts
{
    ClaimFacts(Outcome<Member> who_, Outcome<ChannelSafety> channel_, TimePoint now_)
        : who{std::move(who_)},
          channel{std::move(channel_)},
          now{now_}
    {}

    Outcome<Member> who;             // whoever pressed, with the roles that decide
    Outcome<ChannelSafety> channel;  // in which it was pressed
    TimePoint now;
    int tries = 0;                 // before this one
    bool is_frozen = false;        // everything, at this moment
    bool is_requester = false;     // may be, by what Slack has told of both
    bool approved_before = false;  // may be somebody whose approval counts already
    OwnAccountCheck check = OwnAccountCheck::refuse;
};

enum class ClaimEnd
{
    counts,
    waits,       // Slack has not said all that is needed: it is asked again
    overtaken,   // the request was decided, cancelled or ended meanwhile
    frozen,      // everything was stopped meanwhile
    repeated,    // the same person has approved it before, under whatever id
    denied,      // Slack says no: see denial
    unanswered,  // Slack could not be asked for too long: see denial
};

struct ClaimVerdict
{
    ClaimEnd end;
    // Of denied: why. Of unanswered: what Slack did not say, rights_unknown or channel_unknown.
    std::optional<Denial> denial = {};
};

// A definite no ends a claim whatever else is unknown; nothing counts unless all of it is known.
ClaimVerdict judge(const Request& request, const Decision& claim, const ClaimFacts& facts);

// The code of such an end in the audit log: never change one.
std::string_view name_of(const ClaimVerdict& verdict) noexcept;

// When Slack is asked again: after 1, 2, 4 and then 5 s, and once at the end of the time that a claim has.
TimePoint next_try(const Decision& claim, int tries, TimePoint now);

}  // namespace countersign::rules
