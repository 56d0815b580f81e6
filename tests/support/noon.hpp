#pragma once

#include "handlers/core/time.hpp"

namespace countersign::test {

// When most tests begin. Known to the compiler: other constants that are made from it may be initialized before it.
inline constexpr TimePoint noon =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 22} + std::chrono::hours{12};

}  // namespace countersign::test
