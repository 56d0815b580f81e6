#include "handlers/effects/expire.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/steps.hpp"

namespace countersign {

namespace asio = boost::asio;

asio::awaitable<JobResult> expire(const Services& services, Job job)
{
    auto request = co_await services.store.find_request(*job.request);
    if (!request || request->state != State::pending) co_return co_await finish(services, std::move(job));
    Change change{services.clock.now()};
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(*request), Event::expire, "countersign"));
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign
