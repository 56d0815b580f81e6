#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Makes the next send durable by `change` (which may already hold a new password), then sends the change or the new
// account, and sees to its outcome.
boost::asio::awaitable<JobResult> send_durably(Running running, Transaction change);

// What a request that creates an account asks Auth0 for.
NewAccount new_account_of(const Request& request, const Settings& settings);

}  // namespace countersign::effects
