#include "handlers/effects/running.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

Transaction Running::ending(JobEnd end) const
{
    Transaction change{now()};
    change.job = rules::end_of(job, end);
    return change;
}

asio::awaitable<JobResult> finish(Running running) { return finish(running.services, std::move(running.job)); }

asio::awaitable<JobResult> end_with(Running running, Transaction change)
{
    change.job = rules::end_of(running.job, JobEnd::finish);
    return commit(running.services, std::move(change));
}

asio::awaitable<JobResult> carry_out(Running running, rules::JobDecision decision)
{
    if (auto* later = std::get_if<rules::Later>(&decision))
        co_return JobResult::postpone(later->wait, std::move(later->why));
    if (auto* change = std::get_if<Transaction>(&decision))
        co_return co_await end_with(std::move(running), std::move(*change));
    co_return co_await finish(std::move(running));
}

}  // namespace countersign::effects
