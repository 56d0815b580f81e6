#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Makes the next send durable by `change` (which may already hold a new password), then sends the change or the new
// account, and sees to its outcome.
boost::asio::awaitable<JobResult> send_durably(Running running, Transaction change);

}  // namespace countersign::effects
