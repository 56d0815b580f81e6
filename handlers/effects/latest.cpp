#include "handlers/effects/latest.hpp"

#include "handlers/effects/commit.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr int tries_max = 6;

}  // namespace

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
