#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"

namespace countersign::rules {

// Whether something is missing that the operator demands: reason, case number or how the caller was verified.
bool is_incomplete(const Request& request, const Settings& settings);

}  // namespace countersign::rules
