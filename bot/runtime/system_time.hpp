#pragma once

#include "bot/runtime/machine_time.hpp"

namespace countersign {

// The machine's own clocks. Any thread.
class SystemTime final : public MachineTime
{
public:
    TimePoint wall() const override;
    SteadyTime steady() const override;  // since the machine was started
};

}  // namespace countersign
