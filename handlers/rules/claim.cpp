#include "handlers/rules/claim.hpp"

#include <algorithm>

namespace countersign::rules {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds pause_max{5};

bool is_one(const Decision& one, const Decision& other) { return one.by == other.by && one.at == other.at; }

// What Slack has not said; nullopt: it has said everything.
std::optional<Denial> unknown_of(const ClaimFacts& facts)
{
    if (!facts.who) return Denial::rights_unknown;
    if (!facts.channel) return Denial::channel_unknown;
    return std::nullopt;
}

// What Slack, or the ledger, is sure of; nullopt: nothing speaks against it.
std::optional<Denial> denial_of(const Request& request, const Decision& claim, const ClaimFacts& facts)
{
    if (facts.is_requester) return Denial::own_request;
    if (facts.who)
        if (const auto denial = may_decide(Result<Member>{*facts.who}, claim.by, request, facts.check)) return denial;
    if (facts.channel) return channel_denial(*facts.channel);
    return std::nullopt;
}

}  // namespace

bool holds_claim(const Request& request, const Decision& claim)
{
    const auto& claims = request.claims;
    return std::any_of(claims.begin(), claims.end(), [&claim](const Decision& each) { return is_one(each, claim); });
}

std::vector<Decision> open_claims(const Request& request, TimePoint now)
{
    std::vector<Decision> open = request.claims;
    std::erase_if(open, [now](const Decision& each) { return now - each.at >= claim_age_max; });
    return open;
}

bool awaits_claims(const Request& request, TimePoint now) { return !open_claims(request, now).empty(); }

void drop_claim(Request& request, const Decision& claim)
{
    std::erase_if(request.claims, [&claim](const Decision& each) { return is_one(each, claim); });
}

ClaimVerdict judge(const Request& request, const Decision& claim, const ClaimFacts& facts)
{
    if (request.state != State::pending || !holds_claim(request, claim)) return {ClaimEnd::overtaken};
    if (facts.is_frozen) return {ClaimEnd::frozen};
    if (const auto denial = denial_of(request, claim, facts)) return {ClaimEnd::denied, denial};
    if (facts.approved_before) return {ClaimEnd::repeated};
    const auto unknown = unknown_of(facts);
    if (!unknown) return {ClaimEnd::counts};
    const bool is_over = facts.now - claim.at >= claim_settled_within || facts.tries + 1 >= claim_tries_max;
    return {is_over ? ClaimEnd::unanswered : ClaimEnd::waits, unknown};
}

std::string_view name_of(const ClaimVerdict& verdict) noexcept
{
    switch (verdict.end)
    {
    case ClaimEnd::counts: return "counts";
    case ClaimEnd::waits: return "waits";
    case ClaimEnd::overtaken: return "decided_already";
    case ClaimEnd::frozen: return "frozen";
    case ClaimEnd::repeated: return "approved_before";
    case ClaimEnd::denied:
    case ClaimEnd::unanswered: break;
    }
    return verdict.denial ? name_of(*verdict.denial) : "corrupt";
}

TimePoint next_try(const Decision& claim, int tries, TimePoint now)
{
    const std::chrono::seconds pause = std::min(pause_max, 1s * (1 << std::clamp(tries, 0, 10)));
    const TimePoint end = claim.at + claim_settled_within;
    return now < end ? std::min(now + pause, end) : now + pause;
}

}  // namespace countersign::rules
