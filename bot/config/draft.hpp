#pragma once

#include "bot/config/config.hpp"
#include "bot/config/secret_sources.hpp"

namespace countersign::config {

// What the text of a configuration says, before a single credential is read.
struct Draft
{
    Config config;  // without secrets
    SecretSources secrets;
};

}  // namespace countersign::config
