#pragma once

#include "auth0/management_api.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/model/account.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace countersign::auth0 {

// By address, which is exact and consistent, then by search, which also sees other spellings but lags: what only the
// search has seen is read by id before it counts. All of them or a problem: what
// is built on half of them would be untrue.
boost::asio::awaitable<Outcome<std::vector<Account>>> find_accounts(ManagementApi& api, Email email, TimeBudget budget);

// unavailable when the answer is not that account.
boost::asio::awaitable<Outcome<Account>> read_account(ManagementApi& api, Auth0UserId id, TimeBudget budget);

}  // namespace countersign::auth0
