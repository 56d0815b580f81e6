#include "handlers/effects/conclude.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/begin.hpp"
#include "handlers/rules/conclude.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/settle.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<GoneOn> go_on(Running running, Transaction change)
{
    change.job = rules::end_of(running.job, JobEnd::keep);
    change.unless_frozen = true;
    if (change.update)
    {
        running.request = *change.update;
        running.request.version += 1;
    }
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await running.services.store.commit(std::move(change));
    if (!receipt) co_return after_commit(receipt);
    if (moved) rules::log_move(*moved);
    co_return std::move(running);
}

asio::awaitable<GoneOn> start(Running running)
{
    Transaction change{running.now()};
    if (running.request.state == State::approved) rules::advance(change, running.request, Event::start, system_actor);
    co_return co_await go_on(std::move(running), std::move(change));
}

asio::awaitable<JobResult> conclude(Running running, Transaction change)
{
    rules::advance(change, running.request, Event::prove, system_actor);
    co_return co_await end_with(std::move(running), std::move(change));
}

asio::awaitable<JobResult> reject(Running running, StoredEnding ending)
{
    Transaction change{running.now()};
    running.request.ending = std::move(ending);
    rules::advance(change, running.request, Event::reject, system_actor);
    co_return co_await end_with(std::move(running), std::move(change));
}

asio::awaitable<JobResult> reject_or_try_again(Running running, Problem problem)
{
    if (!rules::is_definite(problem)) co_return JobResult::of(problem);
    co_return co_await reject(std::move(running), ending_of(problem));
}

asio::awaitable<JobResult> lose_answer(Running running)
{
    Transaction change = running.ending(JobEnd::postpone);
    change.job->due = change.at + rules::look_after(*running.request.intent);
    change.job->error = "answer_lost";
    rules::advance(change, std::move(running.request), Event::lose_answer, system_actor);
    co_return co_await commit(running.services, std::move(change));
}

asio::awaitable<JobResult> give_up(Running running, Ending ending)
{
    Transaction change = rules::given_up(std::move(running.request), ending, running.now());
    co_return co_await end_with(std::move(running), std::move(change));
}

asio::awaitable<JobResult> prove(Running running, Account now)
{
    Transaction change = rules::proved(std::move(running.request), now, running.services.settings, running.now());
    co_return co_await end_with(std::move(running), std::move(change));
}

}  // namespace countersign::effects
