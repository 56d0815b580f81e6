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

std::string account_key_of(const Request& request)
{
    return request.account ? account_key(request.account->id) : new_account_key(request.email);
}

std::string_view name_of(RequestWindow::Of of) noexcept
{
    switch (of)
    {
    case RequestWindow::Of::person: return "limit_person";
    case RequestWindow::Of::account: return "limit_account";
    case RequestWindow::Of::everybody: return "limit_everybody";
    case RequestWindow::Of::look_ups: return "limit_look_ups";
    }
    return "corrupt";
}

std::optional<ReachedLimit> reached_limit(const LimitSettings& limits, const EarlierRequests& earlier, TimePoint now)
{
    if (const auto full = full_window(limits.look_ups, earlier.look_ups, now))
        return ReachedLimit{RequestWindow::Of::look_ups, *full};
    if (const auto full = full_window(limits.person, earlier.person, now))
        return ReachedLimit{RequestWindow::Of::person, *full};
    if (const auto full = full_window(limits.everybody, earlier.everybody, now))
        return ReachedLimit{RequestWindow::Of::everybody, *full};
    return std::nullopt;
}

std::vector<TimePoint> before_request(std::vector<TimePoint> times, TimePoint at)
{
    std::erase_if(times, [at](TimePoint each) { return each > at; });
    if (!times.empty()) times.erase(times.begin());
    return times;
}

}  // namespace countersign::rules
