#pragma once

#include "handlers/core/error.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <string_view>

namespace countersign {

// What a body from outside may come to.
inline constexpr std::size_t json_bytes_max = 1'048'576;
inline constexpr std::size_t json_depth_max = 32;

// Parses JSON in memory that is wiped when it is given back, for what may hold a secret: answers hold tokens, errors
// may echo passwords, and Slack sends a view with a password back whenever something is pressed in it. malformed: no
// JSON, no UTF-8, deeper than json_depth_max; too_large: over `bytes_max`.
Result<boost::json::value> parse_wiped(std::string_view text, std::size_t bytes_max = json_bytes_max);

}  // namespace countersign
