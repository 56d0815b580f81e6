#include "tests/demo/page/sqlite_file.hpp"

#include <boost/json/object.hpp>
#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace json = boost::json;

namespace demo::page {

namespace {

constexpr int busy_timeout_ms = 500;  // of the one thread on which everything here runs

struct Finalize
{
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

[[noreturn]] void fail(sqlite3* database) { throw std::runtime_error{sqlite3_errmsg(database)}; }

json::value column(sqlite3_stmt* statement, int number)
{
    switch (sqlite3_column_type(statement, number))
    {
    case SQLITE_INTEGER: return json::value(static_cast<std::int64_t>(sqlite3_column_int64(statement, number)));
    case SQLITE_FLOAT: return json::value(sqlite3_column_double(statement, number));
    case SQLITE_NULL: return nullptr;
    default: break;
    }
    const void* bytes = sqlite3_column_blob(statement, number);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, number));
    return json::value(json::string_view{static_cast<const char*>(bytes), bytes == nullptr ? 0 : size});
}

}  // namespace

void SqliteFile::Close::operator()(sqlite3* database) const noexcept { sqlite3_close(database); }

SqliteFile::SqliteFile(const std::filesystem::path& file)
{
    sqlite3* opened = nullptr;
    const int answer = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    database_.reset(opened);
    if (answer != SQLITE_OK) throw std::runtime_error{"cannot open " + file.string()};
    sqlite3_busy_timeout(opened, busy_timeout_ms);
    if (sqlite3_exec(opened, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK) fail(opened);
}

json::array SqliteFile::rows(const char* sql) const
{
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql, -1, &prepared, nullptr) != SQLITE_OK) fail(database_.get());
    const std::unique_ptr<sqlite3_stmt, Finalize> statement{prepared};
    json::array out;
    for (;;)
    {
        const int answer = sqlite3_step(prepared);
        if (answer == SQLITE_DONE) return out;
        if (answer != SQLITE_ROW) fail(database_.get());
        json::object row;
        for (int i = 0; i < sqlite3_column_count(prepared); ++i)
            row[sqlite3_column_name(prepared, i)] = column(prepared, i);
        out.push_back(std::move(row));
    }
}

}  // namespace demo::page
