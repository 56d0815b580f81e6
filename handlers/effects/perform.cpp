#include "handlers/effects/perform.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/rules/jobs.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <array>

namespace countersign::effects {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds first_delay{1};
constexpr int burial_tries_max = 4;

// Our own mistakes (an exception that is not the store's) count as failures, so that they end as dead letters.
asio::awaitable<JobResult> guarded(const Services& services, const JobHandler& handler, Job job)
{
    try
    {
        co_return co_await handler.perform(services, std::move(job));
    }
    catch (const StoreUnavailable&)
    {
        throw;
    }
    catch (const boost::system::system_error& failure)
    {
        // Cancelled by the shutdown: nobody's mistake, and what was not committed did not happen.
        if (failure.code() == asio::error::operation_aborted) throw;
        log::error("job_threw", {{"kind", handler.kind}, {"error", failure.what()}});
    }
    catch (const std::exception& mistake)
    {
        log::error("job_threw", {{"kind", handler.kind}, {"error", mistake.what()}});
    }
    co_return JobResult::retry(Problem{Errc::corrupt, "internal_error"});
}

asio::awaitable<JobResult> run_again(const Services& services, const JobHandler& handler, Job job, JobResult result)
{
    Transaction change{services.clock.now()};
    const bool counted = result.kind == JobResult::Kind::retry;
    change.job = rules::end_of(job, counted ? JobEnd::retry : JobEnd::postpone);
    Milliseconds wait = result.wait.value_or(0s);
    if (counted) wait = std::max(wait, back_off(handler, job.attempts, services.random));
    change.job->due = change.at + wait;
    change.job->error = std::move(result.why);
    co_return co_await commit(services, std::move(change));
}

// A burial that meets a change of the same request at the same moment is read and committed again.
asio::awaitable<void> bury_surely(const Services& services, Job job, std::string why)
{
    for (int tries = 0; tries < burial_tries_max; ++tries)
    {
        const JobResult result = co_await bury(services, job, why);
        if (result.kind == JobResult::Kind::committed) co_return;
    }
    log::error("job_not_buried", {{"job", job.id}, {"kind", job.kind}});
}

}  // namespace

Milliseconds back_off(const JobHandler& handler, int attempts, Random& random)
{
    const int doublings = std::clamp(attempts, 0, 20);
    const Milliseconds delay = std::min<Milliseconds>(handler.retry.delay_max, first_delay * (1LL << doublings));
    std::array<std::byte, 1> byte{};
    random.fill(byte);
    // 0.8 to 1.2 of it.
    return delay * (800 + std::to_integer<long long>(byte[0]) * 400 / 255) / 1000;
}

asio::awaitable<void> perform(const Services& services, Job job)
{
    const JobHandler* handler = handler_of(job.kind);
    if (handler == nullptr)
    {
        co_await bury_surely(services, std::move(job), "unknown_kind");
        co_return;
    }
    JobResult result = co_await guarded(services, *handler, job);
    // Judged after a try, never before: what waited while the process was down is tried at least once.
    const bool too_old = services.clock.now() - job.created_at > handler->retry.age_max;
    switch (result.kind)
    {
    case JobResult::Kind::committed: co_return;
    case JobResult::Kind::retry:
        if (too_old || job.attempts + 1 >= handler->retry.attempts_max) break;
        if (!result.is_said)
            log::warn(
                "job_retried",
                {{"job", job.id}, {"kind", job.kind}, {"attempts", job.attempts + 1}, {"error", result.why}});
        [[fallthrough]];
    case JobResult::Kind::postpone:
        if (too_old) break;
        co_await run_again(services, *handler, std::move(job), std::move(result));
        co_return;
    case JobResult::Kind::bury: break;
    }
    co_await bury_surely(services, std::move(job), std::move(result.why));
}

}  // namespace countersign::effects
