#include "handlers/effects/reblock.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/dead_letters.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// What Auth0's answer leaves to be tried again; nullopt: the account is blocked.
std::optional<JobResult> again_after(const Outcome<Account>& answer)
{
    if (answer && answer->blocked) return std::nullopt;
    if (answer) return JobResult::retry(Problem{Errc::answer_lost, "block_not_shown"});
    // Setting a block twice does no harm.
    if (answer.error().code == Errc::answer_lost) return JobResult::retry(answer.error());
    return JobResult::of(answer.error());
}

// The result of the step, with the messages that waited for it.
asio::awaitable<JobResult> end_reblock(Running running, AfterChange result)
{
    const bool is_done = result == AfterChange::done;
    Transaction change = running.ending(is_done ? JobEnd::finish : JobEnd::bury);
    Request& request = running.request;
    request.reblock = result;
    change.audit.emplace_back(is_done ? "block_restored" : "block_not_restored", system_actor, request.id);
    change.jobs.push_back(rules::request_job(job_kind::card, request.id, change.at));
    rules::add_closing_jobs(change, request);
    change.update.emplace(std::move(request));
    co_return co_await commit(running.services, std::move(change));
}

}  // namespace

asio::awaitable<JobResult> reblock(Running running)
{
    const Request& request = running.request;
    if (request.reblock != AfterChange::waiting) co_return co_await finish(std::move(running));
    const auto answer = co_await running.services.accounts.set_blocked(request.account->id, true, request.id);
    if (const auto again = again_after(answer)) co_return *again;
    co_return co_await end_reblock(std::move(running), AfterChange::done);
}

asio::awaitable<JobResult> lose_reblock(Burial burial)
{
    if (burial.running.request.reblock != AfterChange::waiting) co_return co_await tell_people(std::move(burial));
    co_return co_await end_reblock(std::move(burial.running), AfterChange::failed);
}

}  // namespace countersign::effects
