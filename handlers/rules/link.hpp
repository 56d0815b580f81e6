#pragma once

#include "handlers/model/request.hpp"

namespace countersign::rules {

// Whether the owner can be given a link where this request made, or would make, no password: the account is known, and
// what stands in the way is the password itself (the names, the policy). Not for what was refused for another reason: a
// link would be refused, too.
bool link_serves(const Request& request);

}  // namespace countersign::rules
