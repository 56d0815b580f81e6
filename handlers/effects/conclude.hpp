#pragma once

#include "handlers/effects/running.hpp"

#include <variant>

// The moves that the job of an approved request makes: each is one commit.
namespace countersign::effects {

// With the request as it is stored now; or what the runner is to do because it could not be stored.
using GoneOn = std::variant<Running, JobResult>;

// Commits a change in the middle of a job, unless everything was frozen since the job looked: then the job sees it when
// it begins anew. `change` may update the request.
boost::asio::awaitable<GoneOn> go_on(Running running, Transaction change);

// approved -> executing, for an operation that may be done twice; a request that is executing already goes on.
boost::asio::awaitable<GoneOn> start(Running running);

// The operation is proved: -> changed. `change` holds what is handed over and what follows.
boost::asio::awaitable<JobResult> conclude(Running running, Transaction change);

// The same of a password that was set, which is handed over. `now`: the account after it.
boost::asio::awaitable<JobResult> prove(Running running, Account now);

// Ends a request whose operation is known not to have been carried out: -> failed.
boost::asio::awaitable<JobResult> reject(Running running, StoredEnding ending);

// After a definite no, the request ends with its reason; after anything else the job is run again.
boost::asio::awaitable<JobResult> reject_or_try_again(Running running, Problem problem);

// executing -> checking; the same job looks again later.
boost::asio::awaitable<JobResult> lose_answer(Running running);

// checking -> unknown.
boost::asio::awaitable<JobResult> give_up(Running running, Ending ending);

}  // namespace countersign::effects
