#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"
#include "handlers/model/request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

// The switch that stops everything. Holds until two different people have released it.
struct Freeze
{
    SlackUserId by;
    TimePoint since;
    std::string reason;              // one clean line, at most reason_units_max
    std::vector<Decision> releases;  // so far; by different people
    int lapsed = 0;                  // releases that ceased to count, but were one
};

// The switch as stored. Version 0: it was never used.
struct FreezeSwitch
{
    std::int64_t version = 0;
    std::optional<Freeze> freeze;  // absent: nothing is frozen
};

}  // namespace countersign
