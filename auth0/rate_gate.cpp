#include "auth0/rate_gate.hpp"

#include <utility>

namespace countersign::auth0 {

using std::chrono::seconds;

void RateGate::close(Problem why, SteadyTime now, seconds length)
{
    why_ = std::move(why);
    until_ = now + length;
}

std::optional<Problem> RateGate::closed(SteadyTime now) const
{
    if (!why_ || now >= until_) return std::nullopt;
    Problem why = *why_;
    if (why.code == Errc::rate_limited) why.retry_after = std::chrono::ceil<seconds>(until_ - now);
    return why;
}

}  // namespace countersign::auth0
