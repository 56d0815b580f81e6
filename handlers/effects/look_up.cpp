#include "handlers/effects/look_up.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/requests/classify.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/prepare.hpp"
#include "handlers/requests/steps.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr const char* by_itself = "countersign";
constexpr std::chrono::hours look_up_age_max{1};

// The change that ends the look-up without an account.
Change refusal(const Job& job, Request request, NoTarget none, TimePoint now)
{
    Change change{now};
    request.ending = std::move(none.code);
    request.lookalikes = std::move(none.found);
    change.jobs.push_back(request_job(job_kind::answer, request.id, now));
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(request), Event::refuse, by_itself));
    return change;
}

Change discovery(const Job& job, Request request, TimePoint expires_at, TimePoint now)
{
    Change change{now};
    request.expires_at = expires_at;
    NewJob expiry = request_job(job_kind::expire, request.id, expires_at);
    change.jobs.push_back(request_job(job_kind::answer, request.id, now));
    change.jobs.push_back(std::move(expiry));
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(request), Event::found, by_itself));
    return change;
}

}  // namespace

asio::awaitable<JobResult> look_up(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->state != State::looking_up) co_return co_await finish(services, std::move(job));

    // Nobody waits for it any more: the requester is told to ask again.
    if (services.clock.now() - request->created_at > look_up_age_max)
        co_return JobResult::bury(Problem{Errc::unavailable, "too_old"});
    const auto accounts = co_await services.accounts.find_by_email(request->email);
    if (!accounts) co_return JobResult::of(accounts.error());

    const TimePoint now = services.clock.now();
    auto verdict = classify(*accounts);
    if (auto* none = std::get_if<NoTarget>(&verdict))
    {
        Change change = refusal(job, *request, std::move(*none), now);
        co_return co_await commit(services, std::move(change));
    }
    auto& target = std::get<Target>(verdict);
    Request found = *request;
    found.connection = target.account.database_connections.front();
    found.account.emplace(std::move(target.account));
    found.lookalikes = std::move(target.lookalikes);
    auto prepared = co_await prepare(services, std::move(found));
    if (!prepared) co_return JobResult::of(prepared.error());
    if (prepared->ending.empty() && prepared->wants_verification) prepared->ending = "verification_not_configured";
    if (!prepared->ending.empty())
    {
        NoTarget none{prepared->ending, prepared->request.lookalikes};
        Change refused = refusal(job, std::move(prepared->request), std::move(none), now);
        co_return co_await commit(services, std::move(refused));
    }
    Change change = discovery(job, std::move(prepared->request), now + services.settings.approval.expires_after, now);
    const auto moved = moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) log_move(*moved);
    if (receipt || receipt.error() != make_error_code(Errc::duplicate)) co_return after_commit(receipt);

    NoTarget taken{"request_already_open", {}};
    Change other = refusal(job, *request, std::move(taken), now);
    co_return co_await commit(services, std::move(other));
}

}  // namespace countersign
