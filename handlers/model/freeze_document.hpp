#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/freeze.hpp"

#include <string>
#include <string_view>

namespace countersign {

// A freeze as it is stored.
std::string to_document(const Freeze& freeze);
// Errc::corrupt when it is not one of ours.
Result<Freeze> freeze_from_document(std::string_view document);

}  // namespace countersign
