#include "handlers/effects/conclude.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/settle.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<GoneOn> go_on(const Services& services, Job job, Request request, Transaction change)
{
    change.job = rules::end_of(job, JobEnd::keep);
    change.unless_frozen = true;
    if (change.update)
    {
        request = *change.update;
        request.version += 1;
    }
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (!receipt) co_return after_commit(receipt);
    if (moved) rules::log_move(*moved);
    co_return request;
}

asio::awaitable<GoneOn> start(const Services& services, Job job, Request request)
{
    Transaction change{services.clock.now()};
    if (request.state == State::approved) rules::advance(change, request, Event::start, system_actor);
    co_return co_await go_on(services, std::move(job), std::move(request), std::move(change));
}

asio::awaitable<JobResult> conclude(const Services& services, Job job, Request request, Transaction change)
{
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::prove, system_actor);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> reject(const Services& services, Job job, Request request, StoredEnding ending)
{
    Transaction change{services.clock.now()};
    request.ending = std::move(ending);
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::reject, system_actor);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> reject_or_try_again(const Services& services, Job job, Request request, Problem problem)
{
    switch (problem.code)
    {
    case Errc::rate_limited:
    case Errc::unreachable:
    case Errc::unavailable:
    case Errc::answer_lost: co_return JobResult::of(problem);
    default: break;
    }
    co_return co_await reject(services, std::move(job), std::move(request), ending_of(problem));
}

asio::awaitable<JobResult> lose_answer(const Services& services, Job job, Request request)
{
    Transaction change{services.clock.now()};
    change.job = rules::end_of(job, JobEnd::postpone);
    change.job->due = change.at + rules::look_after(*request.intent);
    change.job->error = "answer_lost";
    rules::advance(change, std::move(request), Event::lose_answer, system_actor);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> give_up(const Services& services, Job job, Request request, Ending ending)
{
    Transaction change{services.clock.now()};
    request.ending = ending;
    // A change that may have been applied may also have cleared the block.
    if (request.intent->blocked_before) rules::add_reblock(change, request);
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::give_up, system_actor);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
