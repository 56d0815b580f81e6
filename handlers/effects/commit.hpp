#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <functional>
#include <optional>

namespace countersign::effects {

// What a commit that ends a job means for the runner: committed; or, when the request was changed by somebody else
// meanwhile, once more from the start.
JobResult after_commit(const Result<Receipt>& receipt);

// Commits a change that ends its job.
boost::asio::awaitable<JobResult> commit(const Services& services, Transaction change);

// What is to be committed for a request as it stands; nullopt: nothing (any more).
using Decide = std::function<std::optional<Transaction>(const Request&)>;

// Reads the request and commits what `decide` makes of it; again when somebody else changed it meanwhile, a few times.
// nullopt: there was nothing to commit. Errc::conflict: it changed each time.
boost::asio::awaitable<std::optional<Result<Receipt>>> commit_latest(
    const Services& services, RequestId id, Decide decide);

// The same as the end of a job: what `decide` gives ends it, and so does nothing.
boost::asio::awaitable<JobResult> commit_latest(const Services& services, Job job, Decide decide);

// Ends a job that has nothing (more) to do.
boost::asio::awaitable<JobResult> finish(const Services& services, Job job);

}  // namespace countersign::effects
