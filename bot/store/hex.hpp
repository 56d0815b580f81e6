#pragma once

#include "handlers/core/error.hpp"

#include <string>
#include <string_view>

namespace countersign::store {

// Binary columns are hexadecimal text: SQLite and PostgreSQL have no common form for binary values.
std::string to_hex(std::string_view bytes);
// Errc::corrupt when it is not what to_hex() makes.
Result<std::string> from_hex(std::string_view hex);

}  // namespace countersign::store
