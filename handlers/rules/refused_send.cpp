#include "handlers/rules/refused_send.hpp"

namespace countersign::rules {

namespace {

using Kind = RefusedSend::Kind;

// Auth0 itself said that it failed: whatever it did is done. Gateways, and answers that were lost, leave that open.
bool is_over(const Problem& problem) { return problem.reason == "http_500" || problem.reason == "http_503"; }

// Auth0's name for what a full profile is refused with is not confirmed: a refusal without a better reason is taken for
// it where the profile is close to the limit.
bool is_full(const Request& request, const Problem& problem)
{
    return ending_of(problem) == Ending::invalid_request && request.account &&
        request.account->has_no_room_for(profile_bytes_max / 10);
}

// The policy that the passphrase was made for is not the connection's any more. Nothing was applied, so that another
// one may take its place: once.
bool may_pick_again(const Request& request, const Problem& problem)
{
    return request.format == PasswordFormat::passphrase && ending_of(problem) == Ending::password_too_weak &&
        request.intent->sends == 1 && !request.intent->redrawn;
}

}  // namespace

RefusedSend after_problem(const Request& request, const Problem& problem)
{
    switch (problem.code)
    {
    case Errc::rate_limited:
    case Errc::unreachable:
    case Errc::unavailable: return {Kind::hold};
    case Errc::answer_lost: return {Kind::lose_answer, {}, is_over(problem)};
    default: break;
    }
    if (may_pick_again(request, problem)) return {Kind::pick_again};
    if (ending_of(problem) == Ending::account_exists) return {Kind::meet_existing};
    // A no to a later send says nothing about one before it, which may have been applied.
    if (request.intent->sends > 1) return {Kind::lose_answer};
    return {Kind::reject, is_full(request, problem) ? StoredEnding{Ending::profile_full} : ending_of(problem)};
}

RefusedSend after_meeting(const Request& request, Existing existing)
{
    switch (existing)
    {
    case Existing::ours: return {Kind::prove};
    case Existing::not_ours: break;
    // Who made it cannot be seen now: looked at again like a lost answer.
    case Existing::unreadable: return {Kind::lose_answer};
    }
    if (request.intent->sends > 1) return {Kind::lose_answer};
    return {Kind::reject, Ending::account_exists};
}

}  // namespace countersign::rules
