#include "handlers/effects/commit.hpp"

#include "handlers/requests/jobs.hpp"
#include "handlers/requests/steps.hpp"

namespace countersign {

JobResult after_commit(const Result<Receipt>& receipt)
{
    if (receipt) return JobResult::committed();
    if (receipt.error() == make_error_code(Errc::lease_lost)) return JobResult::committed();
    if (receipt.error() == make_error_code(Errc::conflict))
        return JobResult::postpone(std::chrono::seconds{0}, "version_conflict");
    return JobResult::bury(Problem{Errc::corrupt, "commit_refused"});
}

boost::asio::awaitable<JobResult> commit(const Services& services, Change change)
{
    const auto moved = moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) log_move(*moved);
    co_return after_commit(receipt);
}

boost::asio::awaitable<JobResult> finish(const Services& services, Job job)
{
    Change change{services.clock.now()};
    change.job = end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign
