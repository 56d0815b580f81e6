#pragma once

#include "handlers/core/secret.hpp"

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

namespace countersign {

// The whole of a file that was named on the command line, in memory that is wiped: it may hold passwords. Nothing when
// it cannot be read or holds more than bytes_max; then `err` has a line with the reason.
std::optional<Secret> read_input(const std::string& file, std::size_t bytes_max, std::ostream& err);

}  // namespace countersign
