#include "bot/config/process_environment.hpp"

#include "bot/runtime/descriptor.hpp"

#include <unistd.h>

#include <cstdlib>

namespace countersign {

namespace {

constexpr std::chrono::seconds file_patience{60};  // of a disk: a regular file has an end

Result<FileContent> read_file(const std::filesystem::path& path)
{
    auto opened = files::open_regular(path);
    if (!opened) return opened.error();
    auto bytes = read_to_end(opened->file.get(), config_bytes_max, file_patience);
    if (!bytes) return bytes.error();
    return FileContent{std::move(*bytes), std::move(opened->way)};
}

Result<Secret> read_descriptor(int number)
{
    const Descriptor given{number};
    return read_to_end(given.get(), config_bytes_max, descriptor_patience);
}

std::optional<Secret> environment(const std::string& name)
{
    // Read before any thread is started, and never written to.
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    if (value == nullptr) return std::nullopt;
    return Secret{std::string_view{value}};
}

}  // namespace

ProcessEnvironment machine_surroundings()
{
    return ProcessEnvironment{read_file, files::way_to, read_descriptor, environment, ::geteuid()};
}

}  // namespace countersign
