#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Ends a request that nobody decided in time.
boost::asio::awaitable<JobResult> expire(const Services& services, Job job);

}  // namespace countersign::effects
