#pragma once

#include "handlers/core/error.hpp"

#include <string>
#include <string_view>

namespace countersign {

// Bytes as lower-case hexadecimal text: what binary values are in columns (SQLite and PostgreSQL have no common form
// for them) and in JSON.
std::string to_hex(std::string_view bytes);
// Errc::corrupt when it is not what to_hex() makes.
Result<std::string> from_hex(std::string_view hex);

}  // namespace countersign
