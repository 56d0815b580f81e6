#pragma once

#include "handlers/core/error.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

using Milliseconds = std::chrono::milliseconds;

// A date, UTC, in milliseconds: what is stored and shown. Nothing below bot/ reads a clock: it is given one of these.
using TimePoint = std::chrono::sys_time<Milliseconds>;

// A moment in the life of this process, for ages and waits: it knows no date, never goes back, and nobody who sets the
// machine's clock moves it. A type of its own, so that the two are never compared.
struct Steady
{
    using duration = Milliseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Steady, duration>;
    static constexpr bool is_steady = true;
};
using SteadyTime = Steady::time_point;

// "2026-11-22T14:05:00.123Z". Reads 0 to 9 digits of fraction and a `Z`; anything else is malformed.
std::string to_iso8601(TimePoint at);
Result<TimePoint> from_iso8601(std::string_view text);

std::int64_t to_unix_ms(TimePoint at) noexcept;
std::int64_t to_unix_s(TimePoint at) noexcept;
TimePoint from_unix_ms(std::int64_t ms) noexcept;

}  // namespace countersign
