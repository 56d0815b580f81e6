#include "tests/scenario/tables.hpp"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace countersign::test {

namespace {

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

void append_rows(std::string& out, sqlite3* database, const char* query)
{
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database, query, -1, &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(database)};
    const Statement statement{prepared, sqlite3_finalize};
    out += std::string{query} + "\n";
    int step = sqlite3_step(prepared);
    for (; step == SQLITE_ROW; step = sqlite3_step(prepared))
    {
        for (int column = 0; column < sqlite3_column_count(prepared); ++column)
        {
            const unsigned char* text = sqlite3_column_text(prepared, column);
            const int bytes = sqlite3_column_bytes(prepared, column);
            for (int i = 0; i < bytes; ++i) out += static_cast<char>(text[i]);
            out += '|';
        }
        out += '\n';
    }
    if (step != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(database)};
}

}  // namespace

std::string decisive_tables(const World& world)
{
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(world.database().c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const Database database{opened, sqlite3_close};
    if (result != SQLITE_OK) throw std::runtime_error{"the ledger cannot be looked at"};
    std::string out;
    for (const char* query :
         {"SELECT * FROM request ORDER BY id", "SELECT * FROM credential ORDER BY request_id", "SELECT * FROM freeze"})
        append_rows(out, database.get(), query);
    return out;
}

}  // namespace countersign::test
