#pragma once

#include "tests/demo/company/company.hpp"

#include <boost/json/object.hpp>

namespace demo::page {

// What does not change while the demo runs: people, channels, the app's commands and shortcuts, addresses, troubles
// that one can make, customers worth trying.
boost::json::object describe_workspace(Company& company);

}  // namespace demo::page
