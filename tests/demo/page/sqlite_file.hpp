#pragma once

#include <boost/json/array.hpp>

#include <filesystem>
#include <memory>

struct sqlite3;

namespace demo::page {

// Reads a SQLite file that another process writes: read-only, and as it was at one moment while this lives.
class SqliteFile
{
public:
    // Throws std::runtime_error when the file cannot be read.
    explicit SqliteFile(const std::filesystem::path& file);

    // An object for each row: integers, reals, texts and null by the names of their columns. Throws std::runtime_error.
    boost::json::array rows(const char* sql) const;

private:
    struct Close
    {
        void operator()(sqlite3* database) const noexcept;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace demo::page
