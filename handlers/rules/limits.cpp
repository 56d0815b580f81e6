#include "handlers/rules/limits.hpp"

#include <algorithm>

namespace countersign::rules {

namespace {

std::optional<FullWindow> full(
    int allowed, std::chrono::hours length, const std::vector<TimePoint>& times, TimePoint now)
{
    if (allowed <= 0 || times.size() < static_cast<std::size_t>(allowed)) return std::nullopt;
    const TimePoint until = times[static_cast<std::size_t>(allowed) - 1] + length;
    if (until <= now) return std::nullopt;
    return FullWindow{allowed, length, until};
}

}  // namespace

int rows_needed(const Limit& limit) noexcept { return std::max(limit.an_hour, limit.a_day); }

std::optional<FullWindow> full_window(const Limit& limit, const std::vector<TimePoint>& times, TimePoint now)
{
    const auto hour = full(limit.an_hour, std::chrono::hours{1}, times, now);
    const auto day = full(limit.a_day, longest_window, times, now);
    if (!hour) return day;
    if (!day) return hour;
    return hour->until > day->until ? hour : day;
}

}  // namespace countersign::rules
