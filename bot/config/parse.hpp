#pragma once

#include "bot/config/draft.hpp"
#include "bot/config/report.hpp"

#include <string_view>

namespace countersign::config {

// Checks all values; touches no file and no environment. The draft is meaningful when `report` has no mistakes.
Draft parse_config(std::string_view text, ConfigReport& report);

}  // namespace countersign::config
