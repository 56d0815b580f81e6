#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>

namespace countersign::effects {

// Ends a request whose change is known not to have been made.
boost::asio::awaitable<JobResult> reject(const Services& services, Job job, Request request, std::string ending);

// After a definite no, the request ends with its reason; after anything else the job is run again.
boost::asio::awaitable<JobResult> reject_or_try_again(
    const Services& services, Job job, Request request, Problem problem);

// Makes the next send durable by `change` (which may already hold a new password), then sends the change or the new
// account, and sees to its outcome.
boost::asio::awaitable<JobResult> send_durably(const Services& services, Job job, Request request, Transaction change);

}  // namespace countersign::effects
