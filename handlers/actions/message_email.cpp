#include "handlers/actions/message_email.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/email.hpp"
#include "handlers/core/text.hpp"

#include <algorithm>
#include <cstddef>

namespace countersign::actions {

namespace {

constexpr std::size_t words_max = 500;  // of a message that are looked at

bool holds(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

bool ends_in_entity(std::string_view word)
{
    return word.ends_with("&gt;") || word.ends_with("&lt;") || word.ends_with("&amp;");
}

// Where the first word ends. What Slack puts between angle brackets may hold spaces, and is judged as a whole.
std::size_t word_end(std::string_view text)
{
    const std::size_t end = first_word(text).size();
    const auto open = text.substr(0, end).rfind('<');
    if (open == std::string_view::npos) return end;
    const auto close = text.find('>', open);
    return close == std::string_view::npos || close < end ? end : close + 1;
}

// "email=ada@example.com" and "user:ada@example.com" name what follows; "https://..." is an address of another sort.
std::string_view without_key(std::string_view word)
{
    const auto end = word.find_first_of("=:");
    if (end == std::string_view::npos || end == 0 || word.substr(end).starts_with("://")) return word;
    const bool is_key = std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
        return ascii::is_letter(c) || c == '_' || c == '-';
    });
    return is_key ? word.substr(end + 1) : word;
}

std::string_view without_marks(std::string_view word)
{
    while (!word.empty() && holds("()[]{}:!?'\"<>*_~`", word.front())) word.remove_prefix(1);
    while (!word.empty() && holds("()[]{}:!?'\"<>*_~`.,;", word.back()) && !ends_in_entity(word)) word.remove_suffix(1);
    return word;
}

// Without the punctuation of the sentence around it. The `;` of an entity is none.
std::string_view without_punctuation(std::string_view word)
{
    // A link stands within its brackets, whatever touches it from outside.
    constexpr std::string_view mail_link = "<mailto:";
    for (auto open = word.find('<'); open != std::string_view::npos; open = word.find('<', open + 1))
        if (const auto close = word.find('>', open);
            close != std::string_view::npos && equal_ignoring_case(word.substr(open, mail_link.size()), mail_link))
            return word.substr(open, close - open + 1);
    return without_marks(without_key(without_marks(word)));
}

}  // namespace

std::string first_email_in(std::string_view text)
{
    for (std::size_t words = 0; words < words_max; ++words)
    {
        text = trim_spaces(text);
        const std::size_t end = word_end(text);
        if (end == 0) return {};
        const std::string_view word = without_punctuation(text.substr(0, end));
        if (word.find('@') != std::string_view::npos)
            if (const auto email = parse_email(word)) return email->str();
        text.remove_prefix(end);
    }
    return {};
}

}  // namespace countersign::actions
