#pragma once

#include "bot/runtime/anchored_clock.hpp"
#include "bot/runtime/machine_time.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <optional>

namespace countersign {

// Keeps the clock of a running bot: looks at it every three seconds, asks a service for its date when the clock wants
// one, and logs what changes.
class ClockKeeper
{
public:
    // `ask` sends something to a service; its answer comes by learn(). `confirmed` is called when stored dates may be
    // acted upon again. All of them outlive run().
    ClockKeeper(
        const MachineTime& time, std::optional<TimePoint> newest_stored, Sleeper& sleeper,
        std::function<boost::asio::awaitable<void>()> ask, std::function<void()> confirmed);

    AnchoredClock& clock() noexcept { return clock_; }
    const AnchoredClock& clock() const noexcept { return clock_; }

    // As AnchoredClock::learn().
    void learn(std::optional<TimePoint> date);

    // Whether jobs may be claimed while so many are in flight. Those that were claimed before the clock was moved have
    // leases by another date: until they have ended, nothing is claimed that might be one of them.
    bool may_claim(std::size_t in_flight);

    // Until it is cancelled.
    boost::asio::awaitable<void> run();

private:
    AnchoredClock clock_;
    Sleeper& sleeper_;
    std::function<boost::asio::awaitable<void>()> ask_;
    std::function<void()> confirmed_;
    int moves_seen_ = 0;  // when jobs were last claimed
};

}  // namespace countersign
