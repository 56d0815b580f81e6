#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace standins::slack {

// application/x-www-form-urlencoded (WHATWG URL standard, section 5), in order, repeated names kept.
using Form = std::vector<std::pair<std::string, std::string>>;

// Nothing when a percent escape is broken.
std::optional<Form> parse_form(std::string_view text);
std::string print_form(const Form& form);
// The first value of a name, or empty.
std::string form_value(const Form& form, std::string_view name);

bool is_utf8(std::string_view text);

// Slack's limits count characters; astral ones count two here, the stricter reading.
std::size_t utf16_length(std::string_view utf8);
// The longest beginning of at most `units` UTF-16 units that cuts no character.
std::string utf16_prefix(std::string_view utf8, std::size_t units);

// & < > as entities.
std::string escape_entities(std::string_view text);

// Where an e-mail address stands in a word: offset and length. Nothing when there is none.
std::optional<std::pair<std::size_t, std::size_t>> find_address(std::string_view word);

// Standard base64, used for Slack's cursors.
std::string base64(std::string_view bytes);
std::optional<std::string> unbase64(std::string_view text);

// "a,b,c" without empty parts.
std::vector<std::string> split_list(std::string_view list);

}  // namespace standins::slack
