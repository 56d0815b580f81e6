#include "handlers/core/text.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/payload.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace countersign::slack {

std::string escape_mrkdwn(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text)
    {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string escape_mrkdwn(std::string_view text, std::size_t units_max)
{
    std::size_t room = std::min(units_max, utf16_units(text));
    std::string out = escape_mrkdwn(truncate_to_units(text, room));
    // An entity has five units at most: dropping a fifth of the excess is never too much.
    for (std::size_t units = utf16_units(out); units > units_max; units = utf16_units(out))
    {
        room -= std::min(room, std::max<std::size_t>((units - units_max) / 5, 1));
        out = escape_mrkdwn(truncate_to_units(text, room));
    }
    return out;
}

std::string code_span(std::string_view text, std::size_t units_max)
{
    std::string line = clean_line(text);
    std::replace(line.begin(), line.end(), '`', '\'');
    if (line.empty()) line = "(empty)";
    constexpr std::size_t backticks = 2;
    return '`' + escape_mrkdwn(line, units_max > backticks ? units_max - backticks : 0) + '`';
}

std::string mention(const SlackUserId& user)
{
    if (!is_slack_id(user.str())) throw std::invalid_argument{"a mention needs a Slack user id"};
    return "<@" + user.str() + '>';
}

std::string date(TimePoint at)
{
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day calendar{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 48> fallback{};
    const int size = std::snprintf(
        fallback.data(), fallback.size(), "%04d-%02u-%02u %02d:%02d UTC", static_cast<int>(calendar.year()),
        static_cast<unsigned>(calendar.month()), static_cast<unsigned>(calendar.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()));
    return "<!date^" + std::to_string(to_unix_s(at)) + "^{date_short_pretty} at {time}|" +
        std::string{fallback.data(), static_cast<std::size_t>(size)} + '>';
}

}  // namespace countersign::slack
