#pragma once

#include "handlers/core/time.hpp"

namespace countersign {

// What the machine says of the time. Its own clocks in production, virtual ones in scenario tests.
class MachineTime
{
public:
    virtual ~MachineTime() = default;

    // The date, as the machine's clock is set.
    virtual TimePoint wall() const = 0;

    // As Clock::steady(): cannot be set.
    virtual SteadyTime steady() const = 0;
};

}  // namespace countersign
