#include "handlers/passwords/standard_format.hpp"

#include "handlers/core/secret_text.hpp"
#include "handlers/core/text.hpp"

#include <algorithm>

namespace countersign::passwords {

std::string clean_name(std::string_view name)
{
    if (!is_valid_utf8(name)) return {};
    return to_nfc(clean_line(name));
}

std::string in_usual_case(std::string_view name)
{
    const auto has = [name](char first, char last) {
        return std::any_of(name.begin(), name.end(), [first, last](char c) { return c >= first && c <= last; });
    };
    const bool is_mixed = has('A', 'Z') && has('a', 'z');
    return is_mixed ? std::string{name} : capitalised(name);
}

Outcome<Secret> standard_password(std::string_view given_name, std::string_view family_name)
{
    std::string given = clean_name(given_name), family = clean_name(family_name);
    if (given.empty() || family.empty()) return Problem{Errc::refused, "name_missing"};

    constexpr std::size_t frame_bytes = 4;
    const std::size_t bytes = given.size() + family.size() + frame_bytes;
    if (bytes > standard_password_bytes_max) return Problem{Errc::refused, "password_too_long"};

    SecretText plain{bytes};
    plain.put('$').put(given).put('!').put(family).put("$!");
    return plain.secret();
}

}  // namespace countersign::passwords
