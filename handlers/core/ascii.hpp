#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Letters and digits of ASCII, whatever the machine's locale. Bytes beyond ASCII are neither, and stay as they are.
namespace countersign::ascii {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }
constexpr bool is_alnum(char c) noexcept { return is_letter(c) || is_digit(c); }
// Neither a space nor a control character.
constexpr bool is_visible(char c) noexcept { return c > ' ' && c <= '~'; }
// What stands in URLs and forms as it is (RFC 3986 section 2.3).
constexpr bool is_unreserved(char c) noexcept { return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

// False of the empty text.
constexpr bool are_digits(std::string_view text) noexcept
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

constexpr char lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string lower(std::string_view text)
{
    std::string out{text};
    for (char& c : out) c = lower(c);
    return out;
}

// Whether `text` in small letters is `small`. No copy is made: fit for secrets.
constexpr bool is_lower_of(std::string_view text, std::string_view small) noexcept
{
    const auto same = [](char c, char of_small) { return lower(c) == of_small; };
    return std::equal(text.begin(), text.end(), small.begin(), small.end(), same);
}

// A code from outside as a word for logs and Problem::reason: small letters, digits and `_`, at most 64 bytes.
inline std::string word_of(std::string_view code)
{
    constexpr std::size_t bytes_max = 64;
    std::string word = lower(code.substr(0, bytes_max));
    for (char& c : word)
        if (!is_alnum(c)) c = '_';
    return word;
}

inline constexpr std::string_view hex_digits = "0123456789ABCDEF";

}  // namespace countersign::ascii
