#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/clock.hpp"

namespace countersign::test {

// A clock that stands still until a test moves it.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(TimePoint at) : at_{at} {}

    TimePoint now() const override { return at_; }
    void set(TimePoint at) { at_ = at; }
    void advance(Milliseconds by) { at_ += by; }

private:
    TimePoint at_;
};

}  // namespace countersign::test
