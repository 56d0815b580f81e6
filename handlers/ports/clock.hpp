#pragma once

#include "handlers/core/time.hpp"

namespace countersign {

// The time. The machine's in production, virtual in scenario tests.
class Clock
{
public:
    virtual ~Clock() = default;

    // The date: for what is stored, shown, or compared with what others have dated.
    virtual TimePoint now() const = 0;

    // For the age of what is remembered, and for every wait. Goes on while the machine is suspended.
    virtual SteadyTime steady() const = 0;
};

}  // namespace countersign
