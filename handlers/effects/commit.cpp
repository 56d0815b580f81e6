#include "handlers/effects/commit.hpp"

#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

JobResult after_commit(const Result<Receipt>& receipt)
{
    if (receipt) return JobResult::committed();
    if (receipt.error() == Errc::lease_lost) return JobResult::committed();
    if (receipt.error() == Errc::conflict) return JobResult::postpone(std::chrono::seconds{0}, "version_conflict");
    return JobResult::bury(Problem{Errc::corrupt, "commit_refused"});
}

boost::asio::awaitable<JobResult> commit(const Services& services, Transaction change)
{
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) rules::log_move(*moved);
    co_return after_commit(receipt);
}

boost::asio::awaitable<JobResult> finish(const Services& services, Job job)
{
    Transaction change{services.clock.now()};
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
