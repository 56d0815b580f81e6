#pragma once

#include "handlers/core/secret.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct CsvRecord
{
    std::size_t line;  // on which it begins, from 1
    std::vector<Secret> fields;
};

struct CsvFault
{
    std::size_t line;
    std::string text;
};

// Reads comma-separated values as RFC 4180 has them: lines end in CR LF or LF, a field in double quotes may hold
// commas, line ends and doubled quotes. UTF-8, a byte order mark at the beginning is passed over. A line without any
// character is no record (an empty field is written ""). Fields are secrets, since a column may hold passwords.
class CsvReader
{
public:
    explicit CsvReader(std::string_view text);  // which must outlive the reader

    // Nothing at the end of the text and after the first fault: where the next record begins is not known then.
    std::optional<CsvRecord> next();
    const std::optional<CsvFault>& fault() const noexcept { return fault_; }

private:
    std::optional<Secret> field();
    std::optional<Secret> quoted_field();
    std::optional<Secret> plain_field();
    bool take_line_end();
    void fail(std::string text);

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::optional<CsvFault> fault_;
};

}  // namespace countersign
