#pragma once

#include "bot/config/config.hpp"

#include <string>

namespace countersign {

// What a configuration will do, a line a fact, without any secret.
std::string summary_of(const Config& config);

}  // namespace countersign
