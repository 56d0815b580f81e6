#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace countersign {

// Larger files are refused: neither a configuration nor a credential is that long.
inline constexpr std::size_t config_bytes_max = 65'536;

struct FileContent
{
    Secret bytes;
    bool open_to_others;  // a regular file that its group or everybody may read, write or execute
};

// What the configuration takes from the machine, so that tests need no file and no environment. Nothing else in the
// product reads the environment.
struct Surroundings
{
    // The whole file. Errc::not_found, forbidden (no right to read), too_large (over config_bytes_max) or unavailable.
    std::function<Result<FileContent>(const std::filesystem::path&)> read_file;
    std::function<std::optional<Secret>(const std::string& name)> environment;
};

Surroundings machine_surroundings();

}  // namespace countersign
