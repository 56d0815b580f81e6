#pragma once

#include "handlers/core/error.hpp"

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <string_view>

namespace countersign {

// Parses JSON in memory that is wiped when it is given back, for what may hold a secret: answers hold tokens, errors
// may echo passwords, and Slack sends a view with a password back whenever something is pressed in it. malformed: no
// JSON, no UTF-8, deeper than `depth_max`.
Result<boost::json::value> parse_wiped(std::string_view text, std::size_t depth_max);

}  // namespace countersign
