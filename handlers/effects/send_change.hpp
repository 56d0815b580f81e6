#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Makes the next send durable by `change` (which may already hold a new password), then sends the change or the new
// account, and sees to its outcome.
boost::asio::awaitable<JobResult> send_durably(const Services& services, Job job, Request request, Transaction change);

}  // namespace countersign::effects
