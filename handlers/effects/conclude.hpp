#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <variant>

// The moves that the job of an approved request makes: each is one commit.
namespace countersign::effects {

// The request as it is stored now; or what the runner is to do because it could not be stored.
using GoneOn = std::variant<Request, JobResult>;

// Commits a change in the middle of a job, unless everything was frozen since the job looked: then the job sees it when
// it begins anew. `change` may update `request`.
boost::asio::awaitable<GoneOn> go_on(const Services& services, Job job, Request request, Transaction change);

// approved -> executing, for an operation that may be done twice; a request that is executing already goes on.
boost::asio::awaitable<GoneOn> start(const Services& services, Job job, Request request);

// The operation is proved: -> changed. `change` holds what is handed over and what follows.
boost::asio::awaitable<JobResult> conclude(const Services& services, Job job, Request request, Transaction change);

// Ends a request whose operation is known not to have been carried out: -> failed.
boost::asio::awaitable<JobResult> reject(const Services& services, Job job, Request request, StoredEnding ending);

// After a definite no, the request ends with its reason; after anything else the job is run again.
boost::asio::awaitable<JobResult> reject_or_try_again(
    const Services& services, Job job, Request request, Problem problem);

// executing -> checking; the same job looks again later.
boost::asio::awaitable<JobResult> lose_answer(const Services& services, Job job, Request request);

// checking -> unknown.
boost::asio::awaitable<JobResult> give_up(const Services& services, Job job, Request request, Ending ending);

}  // namespace countersign::effects
