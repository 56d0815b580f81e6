#pragma once

#include "bot/config/config.hpp"
#include "bot/config/report.hpp"
#include "bot/config/secrets.hpp"

#include <string_view>

namespace countersign::config {

// What the text of a configuration says, before a single credential is read.
struct Draft
{
    Config config;  // without secrets
    SecretSources secrets;
};

// Checks all values; touches no file and no environment. The draft is meaningful when `report` has no mistakes.
Draft parse_config(std::string_view text, ConfigReport& report);

}  // namespace countersign::config
