#pragma once

#include "handlers/core/time.hpp"

namespace countersign::test {

// When most tests begin.
inline const TimePoint noon = *from_iso8601("2026-11-22T12:00:00Z");

}  // namespace countersign::test
