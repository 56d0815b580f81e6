#pragma once

#include "handlers/model/settings.hpp"
#include "handlers/model/transaction.hpp"

// How an operation that sets a password ends.
namespace countersign::rules {

// -> changed, with the password handed over, and the steps that follow a change of it, where there is one. `now`: the
// account after it.
Transaction proved(Request request, const Account& now, const Settings& settings, TimePoint at);

// -> unknown.
Transaction given_up(Request request, Ending ending, TimePoint at);

}  // namespace countersign::rules
