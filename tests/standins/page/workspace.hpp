#pragma once

#include "tests/standins/demo/company.hpp"

#include <boost/json/object.hpp>

namespace standins::page {

// What does not change while the demo runs: people, channels, the app's commands and shortcuts, addresses, troubles
// that one can make, customers worth trying.
boost::json::object describe_workspace(Company& company);

}  // namespace standins::page
