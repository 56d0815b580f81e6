#pragma once

#include "bot/runtime/descriptor.hpp"
#include "handlers/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace countersign::files {

enum class Kind
{
    folder,
    link,
    regular,
    other,  // a pipe, a socket, a device
};

// One thing that has a say in what a path leads to.
struct Step
{
    std::filesystem::path path;  // absolute
    Kind kind;
    std::uint32_t owner;  // the number of a user
    std::uint32_t mode;   // as chmod takes it
    std::uint64_t names;  // hard links
};

// Each folder from the root on, each link that is followed, and last what the path leads to: a link, when it leads
// nowhere.
using Way = std::vector<Step>;

// What stands at a path itself, a link among that; not_found, forbidden or unavailable.
Result<Step> step_at(const std::filesystem::path& path);
// Of an open file. Throws std::system_error.
Step step_of(const Descriptor& file, const std::filesystem::path& path);

// Opens nothing that it passes, so that a pipe or a device at its end is not touched. Errors: not_found; forbidden (no
// right to pass a folder); unavailable (more than 16 links, and whatever else the machine says).
Result<Way> way_to(const std::filesystem::path& path);

// A regular file, opened for reading.
struct Opened
{
    Way way;
    Descriptor file;
};

// Never waits. Errors as way_to(), and unsupported for what is no regular file.
Result<Opened> open_regular(const std::filesystem::path& path);

}  // namespace countersign::files
