#pragma once

#include <cstdint>

namespace standins {

// Unix time in milliseconds, UTC. The caller says what time it is; no stand-in reads a clock.
using TimeMs = std::int64_t;

}  // namespace standins
