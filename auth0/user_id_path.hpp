#pragma once

#include "handlers/core/strong_id.hpp"

#include <string>
#include <string_view>

namespace countersign::auth0 {

// "api/v2/users/auth0%7C63d1...": the target of one user. Ids of other providers hold `|` twice, `@`, spaces: all but
// unreserved characters are encoded (auth0/CONTRACT.md, "Finding an account").
std::string user_target(const Auth0UserId& id);

// Whether a path of the tenant's log ("/api/v2/users/auth0%7C63d1...") is that of exactly this user, in either case
// of the percent-encoding.
bool is_path_of(std::string_view path, const Auth0UserId& id);

}  // namespace countersign::auth0
