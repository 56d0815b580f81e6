#pragma once

#include "handlers/model/request.hpp"

#include <string>

namespace countersign::effects {

// The vault context of what a request hands over: whose it is and for whom, so that no row can be put under another
// name.
std::string credential_context(const Request& request);

}  // namespace countersign::effects
