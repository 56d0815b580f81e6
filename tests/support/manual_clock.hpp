#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/sleeper.hpp"

#include <algorithm>

namespace countersign::test {

// A clock that stands still until a test moves it, or somebody sleeps: then it is at once where they wake.
class ManualClock final : public Clock, public Sleeper
{
public:
    explicit ManualClock(TimePoint at) : at_{at} {}

    TimePoint now() const override { return at_; }
    boost::asio::awaitable<void> sleep_until(TimePoint at) override
    {
        at_ = std::max(at_, at);
        co_return;
    }
    void set(TimePoint at) { at_ = at; }
    void advance(Milliseconds by) { at_ += by; }

private:
    TimePoint at_;
};

}  // namespace countersign::test
