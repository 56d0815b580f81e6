#pragma once

#include "handlers/effects/conclude.hpp"

namespace countersign::effects {

// Makes the next send durable: counts it in the intent, from which on it may have been applied.
boost::asio::awaitable<GoneOn> note_send(Running running, Transaction change);

// What becomes of a send that Auth0 did not take, or whose answer was lost.
boost::asio::awaitable<JobResult> see_to(Running running, Problem problem);

// Makes the next send durable by `change` (which may already hold a new password), then sends the change or the new
// account, and sees to its outcome.
boost::asio::awaitable<JobResult> send_durably(Running running, Transaction change);

// What a request that creates an account asks Auth0 for.
NewAccount new_account_of(const Request& request, const Settings& settings);

}  // namespace countersign::effects
