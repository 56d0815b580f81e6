#pragma once

#include "auth0/management_api.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/ports/identity_provider.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign::auth0 {

// The writes to accounts (auth0/CONTRACT.md, "Changing a password"). Only an answer that shows the account itself is a
// success; where the write may have been applied all the same, it is answer_lost.

boost::asio::awaitable<Outcome<Account>> patch_password(
    ManagementApi& api, PasswordChange change, Secret password, TimeBudget budget);

// Its correlation id is that of the request with ".block" behind, so that it is no evidence of the change.
boost::asio::awaitable<Outcome<Account>> patch_blocked(
    ManagementApi& api, Auth0UserId id, bool blocked, RequestId request, TimeBudget budget);

boost::asio::awaitable<Outcome<Account>> post_account(
    ManagementApi& api, NewAccount account, Secret password, TimeBudget budget);

// Sets the same whole object however often it is sent. Its correlation id ends in ".mark", for the same reason.
boost::asio::awaitable<Outcome<void>> patch_marker(ManagementApi& api, MustChange mark, TimeBudget budget);

}  // namespace countersign::auth0
