#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

struct sqlite3;

namespace countersign::test {

// A second look at the database of a bot, while it runs or after.
class LedgerFile
{
public:
    explicit LedgerFile(const std::filesystem::path& file);
    ~LedgerFile();
    LedgerFile(const LedgerFile&) = delete;
    LedgerFile& operator=(const LedgerFile&) = delete;

    // The first column of the first row. Throws std::runtime_error without one.
    std::int64_t number(const std::string& sql);
    void run(const std::string& sql);

private:
    [[noreturn]] void fail(const std::string& sql);

    sqlite3* database_ = nullptr;
};

}  // namespace countersign::test
