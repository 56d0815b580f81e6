#pragma once

#include "handlers/effects/job_handler.hpp"
#include "handlers/ports/services.hpp"

#include <chrono>

namespace countersign::effects {

// The wait before the next try: exponential, with 20 % of jitter, at least what the service asked for.
std::chrono::milliseconds back_off(const JobHandler& handler, int attempts, Random& random);

// Performs one job to its committed end: done, to be run again, or buried. Throws StoreUnavailable when nothing could
// be committed; the lease then brings the job back.
boost::asio::awaitable<void> perform(const Services& services, Job job);

}  // namespace countersign::effects
