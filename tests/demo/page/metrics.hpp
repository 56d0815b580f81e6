#pragma once

#include "tests/demo/company/company.hpp"
#include "tests/demo/page/sqlite_file.hpp"

#include <boost/json/array.hpp>

namespace demo::page {

// [{"name","help","value","unit"}]: counted in the bot's database (`ledger`; none before its first start) and by the
// stand-ins. `value` is null while there is nothing to count from.
boost::json::array metrics(const Company& company, const SqliteFile* ledger);

}  // namespace demo::page
