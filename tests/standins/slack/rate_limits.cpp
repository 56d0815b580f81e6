#include "tests/standins/slack/rate_limits.hpp"

#include <algorithm>

namespace standins::slack {
namespace {

constexpr TimeMs minute_ms = 60'000;

int seconds_rounded_up(TimeMs ms) { return static_cast<int>(std::max<TimeMs>(1, (ms + 999) / 1'000)); }

}  // namespace

int RateLimits::per_minute(Tier tier) const
{
    switch (tier)
    {
    case Tier::one: return options_.tier_one;
    case Tier::two: return options_.tier_two;
    case Tier::three: return options_.tier_three;
    case Tier::four: return options_.tier_four;
    case Tier::special: return options_.special;
    }
    return 0;
}

std::optional<int> RateLimits::call(const std::string& method, Tier tier, TimeMs now)
{
    if (!options_.enforced) return std::nullopt;
    auto& window = windows_[method];
    if (now - window.begin >= minute_ms) window = {now, 0};
    if (window.calls >= per_minute(tier)) return seconds_rounded_up(window.begin + minute_ms - now);
    ++window.calls;
    return std::nullopt;
}

std::optional<int> RateLimits::message(const std::string& channel, TimeMs now)
{
    if (!options_.enforced) return std::nullopt;
    auto& due = due_[channel];
    const auto tolerance = options_.message_interval_ms * (options_.message_burst - 1);
    if (due - tolerance > now) return seconds_rounded_up(due - tolerance - now);
    due = std::max(due, now) + options_.message_interval_ms;
    return std::nullopt;
}

}  // namespace standins::slack
