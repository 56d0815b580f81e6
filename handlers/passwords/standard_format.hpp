#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/passwords/password_policy.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace countersign::passwords {

inline constexpr std::size_t standard_password_bytes_max = password_bytes_max;

// A name as it goes into a password: what nobody sees is dropped, inner white space is one space, the ends are
// trimmed, and the result is in normalization form C, as keyboards type it. Hyphens, apostrophes, accents and case stay
// as in the profile. Empty when nothing is left or the bytes are no UTF-8.
std::string clean_name(std::string_view name);

// A name that is written in small or in capital letters alone as people write it ("ada" is "Ada"); any other stays.
std::string in_usual_case(std::string_view name);

// The procedure's standard format, `$First!Last$!` (auth0/CONTRACT.md, "Password policies"). Refused: name_missing
// (either name is empty once clean), password_too_long (over standard_password_bytes_max bytes of UTF-8). Whether the
// tenant's policy takes it is not judged here.
Outcome<Secret> standard_password(std::string_view given_name, std::string_view family_name);

}  // namespace countersign::passwords
