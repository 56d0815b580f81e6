#pragma once

#include "bot/runtime/descriptor.hpp"

#include <array>
#include <string>
#include <string_view>

namespace countersign::store {

// What SQLite and we put beside a database, by what is added to its name; the first is the database itself.
inline constexpr std::array<std::string_view, 5> database_files = {"", "-wal", "-shm", "-journal", ".lock"};

// An flock() on the database file itself, so that one process uses it whatever path it is opened by (a bind mount,
// beside a lock file that was taken away). SQLite's own locks are of another kind, and do not meet it; but they end
// when the process closes any descriptor of the file: outlive the connections.
class FileLock
{
public:
    // Throws StartRefused when another holds it, or the file is not as DatabaseFile demands.
    explicit FileLock(const std::string& path);

private:
    Descriptor file_;
};

// Opens a file of a database to read and write it, without following a link or waiting; made, its owner's alone, if it
// is not there. Throws StartRefused as FileLock does.
Descriptor open_private(const std::string& path);

}  // namespace countersign::store
