#include "handlers/effects/reblock.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/steps.hpp"

namespace countersign {

namespace asio = boost::asio;

asio::awaitable<JobResult> reblock(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->reblock != AfterCare::waiting) co_return co_await finish(services, std::move(job));
    const auto account = co_await services.accounts.set_blocked(request->account->id, true, request->id);
    if (!account && account.error().code == Errc::answer_lost)
        co_return JobResult::retry(account.error());  // idempotent
    if (!account) co_return JobResult::of(account.error());
    if (!account->blocked) co_return JobResult::retry(Problem{Errc::answer_lost, "block_not_shown"});
    co_return co_await end_reblock(services, std::move(job), *request, AfterCare::done);
}

asio::awaitable<JobResult> end_reblock(const Services& services, Job job, Request request, AfterCare result)
{
    Change change{services.clock.now()};
    request.reblock = result;
    AuditEvent row{result == AfterCare::done ? "block_restored" : "block_not_restored", "countersign", request.id};
    change.audit.push_back(std::move(row));
    change.jobs.push_back(request_job(job_kind::card, request.id, change.at));
    add_closing_jobs(change, request);
    change.job = end_of(job, result == AfterCare::done ? JobEnd::finish : JobEnd::bury);
    change.update.emplace(std::move(request));
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign
