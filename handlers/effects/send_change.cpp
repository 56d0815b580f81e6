#include "handlers/effects/send_change.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/creation.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

std::string ending_of(const Problem& problem)
{
    return problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason;
}

// Auth0 itself said that it failed: whatever it did is done. Gateways, and answers that were lost, leave that open.
bool is_over(const Problem& problem) { return problem.reason == "http_500" || problem.reason == "http_503"; }

// Auth0's name for what a full profile is refused with is not confirmed: a refusal without a better reason is taken for
// it where the profile is close to the limit.
bool is_full(const Request& request, const Problem& problem)
{
    return problem.reason == "invalid_request" && request.account &&
        request.account->has_no_room_for(profile_bytes_max / 10);
}

// Known not to have been applied: the same password waits for the next try.
asio::awaitable<JobResult> hold(const Services& services, Job job, Request request, JobResult again)
{
    Transaction change{services.clock.now()};
    request.intent->sends -= 1;
    change.update.emplace(std::move(request));
    change.job = rules::end_of(job, JobEnd::keep);
    const JobResult kept = co_await commit(services, std::move(change));
    static_cast<void>(kept);  // A lease or version lost here shows at the runner's own commit.
    co_return again;
}

// The policy that the passphrase was made for is not the connection's any more. Nothing was applied, so that another
// one may take its place: once.
bool may_draw_again(const Request& request, const Problem& problem)
{
    return request.format == PasswordFormat::passphrase && problem.reason == "password_too_weak" &&
        request.intent->sends == 1 && !request.intent->redrawn;
}

asio::awaitable<JobResult> draw_again(const Services& services, Job job, Request request)
{
    Transaction change{services.clock.now()};
    request.intent->sends = 0;
    request.intent->redrawn = true;
    change.credential_step = CredentialStep::destroy;
    AuditEvent row{"passphrase_redrawn", system_actor, request.id};
    row.details.emplace_back("why", "password_too_weak");
    change.audit.push_back(std::move(row));
    change.update.emplace(std::move(request));
    change.job = rules::end_of(job, JobEnd::postpone);
    change.job->due = change.at;
    change.job->error = "password_too_weak";
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<Outcome<Account>> transmit(const Services& services, Request request, Secret password)
{
    if (request.creates_account())
    {
        NewAccount account = new_account_of(request, services.settings);
        co_return co_await services.accounts.create_account(std::move(account), std::move(password));
    }
    PasswordChange change{request.account->id, request.connection, request.id, request.intent->started_at};
    change.must_change = services.settings.after_change.must_change;
    co_return co_await services.accounts.change_password(std::move(change), std::move(password));
}

asio::awaitable<JobResult> send(const Services& services, Job job, Request request)
{
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return JobResult::bury(Problem{Errc::corrupt, "credential_missing"});
    auto password = services.vault.open(*sealed, credential_context(request));
    // At the first send nothing can have been applied.
    if (!password && request.intent->sends == 1)
        co_return co_await reject(services, std::move(job), std::move(request), "credential_corrupt");
    if (!password) co_return JobResult::bury(Problem{Errc::corrupt, "credential_corrupt"});

    const auto answer = co_await transmit(services, request, std::move(*password));
    if (answer) co_return co_await confirm(services, std::move(job), std::move(request), *answer);

    const Problem& problem = answer.error();
    switch (problem.code)
    {
    case Errc::rate_limited:
    case Errc::unreachable:
    case Errc::unavailable:
        co_return co_await hold(services, std::move(job), std::move(request), JobResult::of(problem));
    case Errc::answer_lost:
        if (is_over(problem)) request.intent->answered += 1;
        co_return co_await lose_answer(services, std::move(job), std::move(request));
    default: break;
    }
    if (may_draw_again(request, problem)) co_return co_await draw_again(services, std::move(job), std::move(request));
    if (problem.reason == "account_exists")
        co_return co_await meet_existing(services, std::move(job), std::move(request));
    // A no to a later send says nothing about one before it, which may have been applied.
    if (request.intent->sends > 1) co_return co_await lose_answer(services, std::move(job), std::move(request));
    std::string ending = is_full(request, problem) ? "profile_full" : ending_of(problem);
    co_return co_await reject(services, std::move(job), std::move(request), std::move(ending));
}

}  // namespace

asio::awaitable<JobResult> reject(const Services& services, Job job, Request request, std::string ending)
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

asio::awaitable<JobResult> send_durably(const Services& services, Job job, Request request, Transaction change)
{
    // Known never to have been sent: the time in which it is settled begins now.
    if (request.intent->sends == 0) request.intent->started_at = change.at;
    request.intent->sends += 1;
    request.intent->sent_at = change.at;
    change.job = rules::end_of(job, JobEnd::keep);
    // Frozen since the job looked: nothing is sent, and the job sees it when it begins anew.
    change.unless_frozen = true;
    if (request.state == State::executing)
        change.update.emplace(request);
    else
        rules::advance(change, request, request.state == State::approved ? Event::start : Event::resend, system_actor);
    request.state = State::executing;
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (!receipt) co_return after_commit(receipt);
    if (moved) rules::log_move(*moved);
    request.version += 1;
    co_return co_await send(services, std::move(job), std::move(request));
}

}  // namespace countersign::effects
