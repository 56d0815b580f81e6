#pragma once

#include "auth0/management_api.hpp"
#include "auth0/time_budget.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign::auth0 {

// A password change ends sessions by itself but not refresh tokens (auth0/CONTRACT.md, "What a change does besides").
// Both calls are Enterprise-only, and asynchronous: a success is a promise. Sent again they do no harm. Their
// correlation ids are that of the request with ".sessions" or ".tokens" behind.
boost::asio::awaitable<Outcome<void>> delete_sessions(
    ManagementApi& api, Auth0UserId id, RequestId request, TimeBudget budget);
boost::asio::awaitable<Outcome<void>> delete_refresh_tokens(
    ManagementApi& api, Auth0UserId id, RequestId request, TimeBudget budget);

}  // namespace countersign::auth0
