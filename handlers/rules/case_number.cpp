#include "handlers/rules/case_number.hpp"

#include "handlers/core/ascii.hpp"

#include <vector>

namespace countersign::rules {

namespace {

bool fits(char item, char c)
{
    if (item == '#') return ascii::is_digit(c);
    if (item == '@') return ascii::is_letter(c);
    return item == c;
}

}  // namespace

bool is_case_number_pattern(std::string_view pattern) noexcept
{
    if (pattern.empty() || pattern.size() > case_number_pattern_bytes_max || pattern.front() == '*') return false;
    return pattern.find("**") == std::string_view::npos;
}

bool is_case_number(std::string_view pattern, std::string_view text)
{
    if (pattern.empty()) return !text.empty();
    // reached[i]: the part of the pattern that was read so far takes the first i characters of the text.
    std::vector<bool> reached(text.size() + 1, false);
    reached[0] = true;
    for (std::size_t at = 0; at < pattern.size(); ++at)
    {
        const char item = pattern[at];
        const bool repeats = at + 1 < pattern.size() && pattern[at + 1] == '*';
        std::vector<bool> next(text.size() + 1, false);
        for (std::size_t i = 0; i <= text.size(); ++i)
        {
            if (repeats && reached[i]) next[i] = true;
            const bool came = i > 0 && (reached[i - 1] || (repeats && next[i - 1]));
            if (came && fits(item, text[i - 1])) next[i] = true;
        }
        reached = std::move(next);
        if (repeats) ++at;
    }
    return reached[text.size()];
}

}  // namespace countersign::rules
