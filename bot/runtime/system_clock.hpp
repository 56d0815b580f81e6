#pragma once

#include "handlers/ports/clock.hpp"

namespace countersign {

// The machine's clocks. The date may jump when the machine's time is set. Any thread.
class SystemClock final : public Clock
{
public:
    TimePoint now() const override;
    SteadyTime steady() const override;  // since the machine was started
};

}  // namespace countersign
