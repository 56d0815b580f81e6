#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::auth0 {

inline constexpr std::size_t json_bytes_max = 1'048'576;
inline constexpr std::size_t json_depth_max = 32;
inline constexpr std::size_t text_bytes_max = 1000;

// An answer's body as JSON, in memory that is wiped when it is freed: answers hold tokens, and errors may echo
// passwords. Nothing when it is no JSON, no UTF-8, over json_bytes_max or nested deeper than json_depth_max.
std::optional<boost::json::value> parse_json(std::string_view body);

// Lenient access: an absent, null or wrongly typed member is as good as none (auth0/CONTRACT.md, "Accounts").
const boost::json::value* member(const boost::json::value& parent, std::string_view key);
std::string_view text_at(const boost::json::value& parent, std::string_view key);
std::optional<std::int64_t> integer_at(const boost::json::value& parent, std::string_view key);

// At most text_bytes_max bytes of `text`, cut before a character of UTF-8 and never within one.
std::string cut(std::string_view text);

// A service's error code as a word for logs and Problem::reason: [a-z0-9_], at most 64 characters; other characters
// become `_`.
std::string word(std::string_view code);

}  // namespace countersign::auth0
