#include "tests/integration/support/ledger_file.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace countersign::test {

LedgerFile::LedgerFile(const std::filesystem::path& file)
{
    if (sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) fail("open");
    sqlite3_busy_timeout(database_, 10'000);
    run("PRAGMA wal_autocheckpoint = 0");
    // Otherwise the last one to close would empty the write-ahead log.
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

LedgerFile::~LedgerFile() { sqlite3_close(database_); }

std::int64_t LedgerFile::number(const std::string& sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail(sql);
    const bool has_row = sqlite3_step(statement) == SQLITE_ROW;
    const std::int64_t value = has_row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    if (!has_row) fail(sql);
    return value;
}

void LedgerFile::run(const std::string& sql)
{
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

void LedgerFile::fail(const std::string& sql) { throw std::runtime_error{sql + ": " + sqlite3_errmsg(database_)}; }

}  // namespace countersign::test
