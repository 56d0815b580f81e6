#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// What a commit that ends a job means for the runner: committed; or, when the request was changed by somebody else
// meanwhile, once more from the start.
JobResult after_commit(const Result<Receipt>& receipt);

// Commits a change that ends its job.
boost::asio::awaitable<JobResult> commit(const Services& services, Transaction change);

// Ends a job that has nothing (more) to do.
boost::asio::awaitable<JobResult> finish(const Services& services, Job job);

}  // namespace countersign::effects
