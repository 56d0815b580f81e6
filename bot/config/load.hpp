#pragma once

#include "bot/config/config.hpp"
#include "bot/config/process_environment.hpp"
#include "bot/config/report.hpp"

#include <filesystem>
#include <optional>

namespace countersign {

struct LoadedConfig
{
    std::optional<Config> config;  // present when the report has no mistakes
    ConfigReport report;
};

// Reads the file and the secrets that it names, and looks at the files of the database that are there. Reports every
// mistake at once; of a configuration that others could write it reads nothing. Throws only bad_alloc.
LoadedConfig load_config(const std::filesystem::path& file, const ProcessEnvironment& surroundings);

}  // namespace countersign
