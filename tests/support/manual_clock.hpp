#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/sleeper.hpp"

#include <algorithm>

namespace countersign::test {

// A clock that stands still until a test moves it, or somebody sleeps: then it is at once when they wake.
class ManualClock final : public Clock, public Sleeper
{
public:
    explicit ManualClock(TimePoint at) : at_{at} {}

    TimePoint now() const override { return at_; }
    SteadyTime steady() const override { return steady_; }
    boost::asio::awaitable<void> sleep_until(SteadyTime at) override
    {
        advance(std::max(at - steady_, Milliseconds{0}));
        co_return;
    }
    // Time goes on until that date, which is ahead.
    void set(TimePoint at) { advance(at - at_); }
    void advance(Milliseconds by)
    {
        at_ += by;
        steady_ += by;
    }
    // The date alone is another.
    void step(Milliseconds by) { at_ += by; }

private:
    TimePoint at_;
    SteadyTime steady_{std::chrono::hours{1}};
};

}  // namespace countersign::test
