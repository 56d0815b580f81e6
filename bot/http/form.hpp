#pragma once

#include "handlers/core/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countersign::http {

inline constexpr std::size_t form_fields_max = 64;

// Reads application/x-www-form-urlencoded (WHATWG URL, section 5.1) into pairs, in order, repeats kept: `+` is a
// space, a field without `=` has an empty value, empty fields are skipped. Stricter than WHATWG, because what it reads
// was signed and is acted upon: Errc::malformed for NUL, a `%` without two hex digits, and text that is not UTF-8;
// Errc::too_large for more than form_fields_max fields.
Result<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view body);

}  // namespace countersign::http
