#include "handlers/effects/expire.hpp"

#include "handlers/rules/waiting.hpp"

namespace countersign::effects {

boost::asio::awaitable<JobResult> expire(Running running)
{
    auto decision = rules::expiry(running.request, running.now());
    return carry_out(std::move(running), std::move(decision));
}

}  // namespace countersign::effects
