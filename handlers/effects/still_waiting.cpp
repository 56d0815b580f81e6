#include "handlers/effects/still_waiting.hpp"

#include "handlers/rules/still_waiting.hpp"

namespace countersign::effects {

boost::asio::awaitable<JobResult> say_still_waiting(Running running)
{
    const auto held = co_await running.services.store.find_freeze();
    auto decision = rules::still_waiting(running.request, held.freeze.has_value(), running.now());
    co_return co_await carry_out(std::move(running), std::move(decision));
}

}  // namespace countersign::effects
