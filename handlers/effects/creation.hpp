#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// What a request that creates an account asks Auth0 for.
NewAccount new_account_of(const Request& request, const Settings& settings);

// Auth0 says that there is such an account already: ours, if an earlier send made it; else the request fails.
boost::asio::awaitable<JobResult> meet_existing(Running running);

}  // namespace countersign::effects
