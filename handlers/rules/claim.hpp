#pragma once

#include "handlers/model/member.hpp"
#include "handlers/model/request.hpp"
#include "handlers/rules/permissions.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

// A claim is a press of Approve by a person who may approve by what the directory remembers. It is stored with the
// press; what Slack says afterwards settles whether it counts.
namespace countersign::rules {

inline constexpr std::chrono::seconds claim_settled_within{30};  // from the press on; also while Slack cannot be asked
inline constexpr std::size_t claims_max = 8;                     // of one request at the same moment
inline constexpr int claim_tries_max = 10;                       // within that time, whatever the clock does
// A claim that is not settled by then lapses.
inline constexpr std::chrono::hours claim_age_max{2};

// Whether this very press is among the claims of the request.
bool holds_claim(const Request& request, const Decision& claim);
// The claims that may still be settled.
std::vector<Decision> open_claims(const Request& request, TimePoint now);
// Whether a claim waits for Slack's answer: the request does not expire before it is settled.
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

    Outcome<Member> who;             // the person who pressed, with the roles that decide
    Outcome<ChannelSafety> channel;  // in which it was pressed
    TimePoint now;
    int tries = 0;                 // before this one
    bool is_frozen = false;        // everything is stopped at this moment
    bool is_requester = false;     // or may be, by what Slack says of the two people
    bool approved_before = false;  // or may be one of those whose approval counts already
    OwnAccountCheck check = OwnAccountCheck::refuse;
};

enum class ClaimEnd
{
    counts,
    waits,       // Slack has not answered everything yet: it is asked again
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
