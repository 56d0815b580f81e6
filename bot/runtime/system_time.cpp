#include "bot/runtime/system_time.hpp"

#include <time.h>

#include <chrono>
#include <stdexcept>

namespace countersign {

TimePoint SystemTime::wall() const { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }

// Not std::chrono::steady_clock: that stands still while the machine is suspended.
SteadyTime SystemTime::steady() const
{
    timespec since_boot{};
    if (::clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0) throw std::runtime_error{"the machine has no steady clock"};
    const auto whole = std::chrono::seconds{since_boot.tv_sec} + std::chrono::nanoseconds{since_boot.tv_nsec};
    return SteadyTime{std::chrono::floor<Milliseconds>(whole)};
}

}  // namespace countersign
