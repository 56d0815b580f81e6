#pragma once

#include "handlers/ports/clock.hpp"

namespace countersign {

// The machine's wall clock. May jump when the machine's time is set. Any thread.
class SystemClock final : public Clock
{
public:
    TimePoint now() const override;
};

}  // namespace countersign
