#include "auth0/door.hpp"

#include <utility>

namespace countersign::auth0 {

using std::chrono::seconds;

void Door::close(Problem why, SteadyTime now, seconds length)
{
    why_ = std::move(why);
    until_ = now + length;
}

std::optional<Problem> Door::closed(SteadyTime now) const
{
    if (!why_ || now >= until_) return std::nullopt;
    Problem why = *why_;
    if (why.code == Errc::rate_limited) why.retry_after = std::chrono::ceil<seconds>(until_ - now);
    return why;
}

}  // namespace countersign::auth0
