#pragma once

#include "bot/files/way.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace countersign {

// Larger files are refused: neither a configuration nor a credential is that long.
inline constexpr std::size_t config_bytes_max = 65'536;
inline constexpr std::chrono::seconds descriptor_patience{5};

struct FileContent
{
    Secret bytes;
    files::Way way;  // what leads to it, for files::fault_of()
};

// What the configuration takes from the machine, so that tests need no file and no environment. Nothing else in the
// product reads the environment.
struct ProcessEnvironment
{
    // The whole of a regular file. Errc::not_found, forbidden (no right to read), too_large (over config_bytes_max),
    // unsupported (no regular file; it was not opened) or unavailable.
    std::function<Result<FileContent>(const std::filesystem::path&)> read_file;
    // What leads to it; nothing is opened. Errc::not_found, forbidden or unavailable.
    std::function<Result<files::Way>(const std::filesystem::path&)> look_at;
    // Everything that comes from a descriptor which this process was started with, up to its end; it is closed then.
    // Errc::not_found (none of that number), too_large, stale (no end within descriptor_patience) or unavailable.
    std::function<Result<Secret>(int)> read_descriptor;
    std::function<std::optional<Secret>(const std::string& name)> environment;
    std::uint32_t user = 0;  // as whom this process runs
};

ProcessEnvironment machine_surroundings();

}  // namespace countersign
