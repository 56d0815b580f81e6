#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Puts the administrator's block back that Auth0 clears with a password change.
boost::asio::awaitable<JobResult> reblock(const Services& services, Job job);

// Commits the result of that step, with the messages that waited for it.
boost::asio::awaitable<JobResult> end_reblock(const Services& services, Job job, Request request, AfterChange result);

}  // namespace countersign::effects
