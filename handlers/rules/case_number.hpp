#pragma once

#include <cstddef>
#include <string_view>

namespace countersign::rules {

// The form of case numbers, in a small language that cannot be made to take long: `#` is a digit, `@` a letter of
// ASCII, `*` repeats what stands before it any number of times, everything else is itself. "HD-##*" takes HD-1 and
// HD-4711, and neither HD- nor hd-1.
inline constexpr std::size_t case_number_pattern_bytes_max = 128;

// Not empty, not too long, and no `*` at the beginning or behind another one.
bool is_case_number_pattern(std::string_view pattern) noexcept;

// The whole text has the form. An empty pattern takes every text but the empty one.
bool is_case_number(std::string_view pattern, std::string_view text);

}  // namespace countersign::rules
