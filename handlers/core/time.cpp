#include "handlers/core/time.hpp"

#include <array>
#include <cstdio>

namespace countersign {

namespace {

// Reads `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i)
    {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool punctuated(std::string_view text)
{
    return text.size() >= 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' &&
        text[16] == ':' && text.back() == 'Z';
}

// The fraction between the seconds and the `Z`, in milliseconds, or -1.
int fraction_ms(std::string_view text)
{
    const std::string_view fraction = text.substr(19, text.size() - 20);
    if (fraction.empty()) return 0;
    if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 10) return -1;
    int ms = 0;
    for (std::size_t i = 1; i <= 3; ++i)
    {
        const int digit = i < fraction.size() ? digits(fraction, i, 1) : 0;
        if (digit < 0) return -1;
        ms = ms * 10 + digit;
    }
    for (std::size_t i = 4; i < fraction.size(); ++i)
        if (digits(fraction, i, 1) < 0) return -1;
    return ms;
}

}  // namespace

std::string to_iso8601(TimePoint at)
{
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 40> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

Result<TimePoint> from_iso8601(std::string_view text)
{
    if (text.size() > 40 || !punctuated(text)) return Errc::malformed;
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    const int ms = fraction_ms(text);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0 || ms < 0) return Errc::malformed;
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return Errc::malformed;
    return TimePoint{std::chrono::sys_days{date}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
        std::chrono::seconds{second} + Milliseconds{ms};
}

std::int64_t to_unix_ms(TimePoint at) noexcept { return at.time_since_epoch().count(); }
std::int64_t to_unix_s(TimePoint at) noexcept
{
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}
TimePoint from_unix_ms(std::int64_t ms) noexcept { return TimePoint{Milliseconds{ms}}; }

}  // namespace countersign
