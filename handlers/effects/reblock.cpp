#include "handlers/effects/reblock.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> reblock(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->reblock != AfterChange::waiting) co_return co_await finish(services, std::move(job));
    const auto account = co_await services.accounts.set_blocked(request->account->id, true, request->id);
    if (!account && account.error().code == Errc::answer_lost)
        co_return JobResult::retry(account.error());  // idempotent
    if (!account) co_return JobResult::of(account.error());
    if (!account->blocked) co_return JobResult::retry(Problem{Errc::answer_lost, "block_not_shown"});
    co_return co_await end_reblock(services, std::move(job), *request, AfterChange::done);
}

asio::awaitable<JobResult> end_reblock(const Services& services, Job job, Request request, AfterChange result)
{
    Transaction change{services.clock.now()};
    request.reblock = result;
    AuditEvent row{result == AfterChange::done ? "block_restored" : "block_not_restored", system_actor, request.id};
    change.audit.push_back(std::move(row));
    change.jobs.push_back(rules::request_job(job_kind::card, request.id, change.at));
    rules::add_closing_jobs(change, request);
    change.job = rules::end_of(job, result == AfterChange::done ? JobEnd::finish : JobEnd::bury);
    change.update.emplace(std::move(request));
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
