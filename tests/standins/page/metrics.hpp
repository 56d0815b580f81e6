#pragma once

#include "tests/standins/demo/company.hpp"
#include "tests/standins/page/sqlite_file.hpp"

#include <boost/json/array.hpp>

namespace standins::page {

// [{"name","help","value","unit"}]: counted in the bot's database (`ledger`; none before its first start) and by the
// stand-ins. `value` is null while there is nothing to count from.
boost::json::array metrics(const Company& company, const SqliteFile* ledger);

}  // namespace standins::page
