#include "handlers/effects/commit.hpp"

#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr int tries_max = 6;

}  // namespace

JobResult after_commit(const Result<Receipt>& receipt)
{
    if (receipt) return JobResult::committed();
    if (receipt.error() == Errc::lease_lost) return JobResult::committed();
    if (receipt.error() == Errc::conflict) return JobResult::postpone(std::chrono::seconds{0}, "version_conflict");
    return JobResult::bury(Problem{Errc::corrupt, "commit_refused"});
}

asio::awaitable<JobResult> commit(const Services& services, Transaction change)
{
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) rules::log_move(*moved);
    co_return after_commit(receipt);
}

asio::awaitable<JobResult> finish(const Services& services, Job job)
{
    Transaction change{services.clock.now()};
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<std::optional<Result<Receipt>>> commit_latest(const Services& services, RequestId id, Decide decide)
{
    for (int tries = 0; tries < tries_max; ++tries)
    {
        const auto request = co_await services.store.find_request(id);
        if (!request) co_return std::nullopt;
        auto change = decide(*request);
        if (!change) co_return std::nullopt;
        const auto receipt = co_await services.store.commit(std::move(*change));
        if (receipt || receipt.error() != Errc::conflict) co_return receipt;
    }
    co_return Result<Receipt>{Errc::conflict};
}

asio::awaitable<JobResult> commit_latest(const Services& services, Job job, Decide decide)
{
    const auto receipt = co_await commit_latest(services, *job.request, std::move(decide));
    if (!receipt) co_return co_await finish(services, std::move(job));
    co_return after_commit(*receipt);
}

}  // namespace countersign::effects
