#pragma once

#include "handlers/core/time.hpp"

namespace countersign {

// Wall-clock time. The machine's in production, virtual in scenario tests.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

}  // namespace countersign
