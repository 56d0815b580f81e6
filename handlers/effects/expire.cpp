#include "handlers/effects/expire.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> expire(const Services& services, Job job)
{
    auto request = co_await services.store.find_request(*job.request);
    const bool waits = request && next(request->state, Event::expire);
    Transaction change{services.clock.now()};
    // What waits for something else by now has an expiry, and a job, of its own.
    if (!waits || (request->expires_at && change.at < *request->expires_at))
        co_return co_await finish(services, std::move(job));
    // Somebody has pressed Approve in time.
    if (rules::awaits_claims(*request, change.at)) co_return JobResult::postpone(std::chrono::seconds{1}, "claim_open");
    change.job = rules::end_of(job, JobEnd::finish);
    // The requester's form or private line says that it is over.
    if (request->state == State::choosing && !request->asked)
        change.jobs.push_back(rules::request_job(job_kind::answer, request->id, change.at));
    rules::advance(change, std::move(*request), Event::expire, system_actor);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
