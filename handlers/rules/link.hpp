#pragma once

#include "handlers/model/request.hpp"

namespace countersign::rules {

// Whether a link would serve where this request made, or would make, no password: the account is known, and only the
// password itself is the trouble (the names, the policy). A request that was refused for another reason would be
// refused as a link, too.
bool link_serves(const Request& request);

}  // namespace countersign::rules
