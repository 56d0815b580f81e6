#include "handlers/effects/change_password.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/passwords/standard_format.hpp"
#include "handlers/requests/admission.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/requests/steps.hpp"

#include <algorithm>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr const char* by_itself = "countersign";
constexpr std::chrono::seconds look_again_when_frozen{15};

asio::awaitable<JobResult> reject(const Services& services, Job job, Request request, std::string ending)
{
    Change change{services.clock.now()};
    request.ending = std::move(ending);
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(request), Event::reject, by_itself));
    co_return co_await commit(services, std::move(change));
}

// Whether the two people may still do what they did: P3, asked of Slack now. Empty: yes; else the ending.
asio::awaitable<Outcome<std::string>> approval_fault(const Services& services, Request request)
{
    // Requests of the first version had one approval, which stands in the decision alone.
    if (request.approvals.empty()) request.approvals.push_back(*request.decision);
    for (const Decision& approval : request.approvals)
    {
        std::set<Role> deciding{Role::approver, Role::escalation};
        const auto approver = co_await services.directory.ask(approval.by, std::move(deciding));
        if (!approver) co_return approver.error();
        if (may_decide(*approver, approval.by, request)) co_return std::string{"approver_lost_right"};
    }
    std::set<Role> asking{Role::support, Role::implementation};
    const auto requester = co_await services.directory.ask(request.requester, std::move(asking));
    if (!requester) co_return requester.error();
    if (may_ask(*requester, request.purpose)) co_return std::string{"requester_lost_right"};
    co_return std::string{};
}

// The approver decided on what the card showed: a different account now voids the approval.
bool same_as_approved(const Account& shown, const Account& now)
{
    return shown.blocked == now.blocked && shown.database_connections == now.database_connections &&
        shown.last_password_reset == now.last_password_reset && shown.given_name == now.given_name &&
        shown.family_name == now.family_name && shown.email == now.email;
}

// Known not to have been applied: the same password waits for the next try.
asio::awaitable<JobResult> hold(const Services& services, Job job, Request request, JobResult again)
{
    Change change{services.clock.now()};
    request.intent->sends -= 1;
    change.update.emplace(std::move(request));
    change.job = end_of(job, JobEnd::keep);
    const JobResult kept = co_await commit(services, std::move(change));
    static_cast<void>(kept);  // A lease or version lost here shows at the runner's own commit.
    co_return again;
}

asio::awaitable<JobResult> send(const Services& services, Job job, Request request)
{
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return JobResult::bury(Problem{Errc::corrupt, "credential_missing"});
    auto password = services.vault.open(*sealed, credential_context(request.id));
    if (!password) co_return JobResult::bury(Problem{Errc::corrupt, "credential_corrupt"});

    PasswordChange change{request.account->id, request.connection, request.id, request.intent->started_at};
    const auto answer = co_await services.accounts.change_password(std::move(change), std::move(*password));
    if (answer) co_return co_await confirm(services, std::move(job), std::move(request), *answer);

    const Problem& problem = answer.error();
    switch (problem.code)
    {
    case Errc::rate_limited:
    case Errc::unreachable:
    case Errc::unavailable:
        co_return co_await hold(services, std::move(job), std::move(request), JobResult::of(problem));
    case Errc::answer_lost: co_return co_await lose_answer(services, std::move(job), std::move(request));
    default: break;
    }
    // Sent twice, "used before" may be the first one speaking.
    if (request.intent->sends > 1 && problem.reason == "password_used_before")
        co_return co_await lose_answer(services, std::move(job), std::move(request));
    std::string ending = problem.reason.empty() ? std::string{name_of(problem.code)} : problem.reason;
    co_return co_await reject(services, std::move(job), std::move(request), std::move(ending));
}

// Makes the next send durable, then sends.
asio::awaitable<JobResult> send_durably(const Services& services, Job job, Request request, Change change)
{
    // Known never to have been sent: the time in which it is settled begins now.
    if (request.intent->sends == 0) request.intent->started_at = change.at;
    request.intent->sends += 1;
    change.job = end_of(job, JobEnd::keep);
    if (request.state == State::executing)
        change.update.emplace(request);
    else
        static_cast<void>(
            step(change, request, request.state == State::approved ? Event::start : Event::resend, by_itself));
    request.state = State::executing;
    const auto moved = moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (!receipt) co_return after_commit(receipt);
    if (moved) log_move(*moved);
    request.version += 1;
    co_return co_await send(services, std::move(job), std::move(request));
}

// Checks everything again, then sends. Also the way of a request that was held.
asio::awaitable<JobResult> begin(const Services& services, Job job, Request request)
{
    const auto held = co_await frozen(services);
    if (held) co_return JobResult::postpone(look_again_when_frozen, "frozen_too_long");
    // A cooling delay does not make an approval old.
    const TimePoint ready_at = std::max(request.decision->at, request.change_from.value_or(request.decision->at));
    if (services.clock.now() < ready_at) co_return JobResult::postpone(look_again_when_frozen, "cooling");
    if (services.clock.now() - ready_at > approval_age_max)
        co_return co_await reject(services, std::move(job), std::move(request), "approval_too_old");
    const auto fault = co_await approval_fault(services, request);
    if (!fault) co_return JobResult::retry(fault.error());
    if (!fault->empty()) co_return co_await reject(services, std::move(job), std::move(request), *fault);

    const auto account = co_await services.accounts.read(request.account->id);
    if (!account)
    {
        if (account.error().code == Errc::not_found)
            co_return co_await reject(services, std::move(job), std::move(request), "account_gone");
        if (account.error().code == Errc::forbidden)
            co_return co_await reject(services, std::move(job), std::move(request), account.error().reason);
        co_return JobResult::of(account.error());
    }
    if (!same_as_approved(*request.account, *account))
        co_return co_await reject(services, std::move(job), std::move(request), "account_changed");

    Change change{services.clock.now()};
    if (request.state == State::approved)
    {
        const auto password = standard_password(account->given_name, account->family_name);
        if (!password) co_return co_await reject(services, std::move(job), std::move(request), password.error().reason);
        change.credential = services.vault.seal(*password, credential_context(request.id));
        change.credential_step = CredentialStep::seal;
        Intent intent{change.at, account->last_password_reset, account->blocked, 0};
        request.intent.emplace(intent);
    }
    co_return co_await send_durably(services, std::move(job), std::move(request), std::move(change));
}

}  // namespace

asio::awaitable<JobResult> change_password(const Services& services, Job job)
{
    auto request = co_await services.store.find_request(*job.request);
    if (!request) co_return co_await finish(services, std::move(job));
    switch (request->state)
    {
    case State::approved: co_return co_await begin(services, std::move(job), std::move(*request));
    case State::executing:
        // Nothing was sent, or what was sent is known not to have been applied.
        if (request->intent->sends == 0) co_return co_await begin(services, std::move(job), std::move(*request));
        // A process died between the send and its outcome.
        co_return co_await lose_answer(services, std::move(job), std::move(*request));
    case State::checking: break;
    default: co_return co_await finish(services, std::move(job));
    }
    const auto verdict = co_await settle(services, *request);
    switch (verdict.kind)
    {
    case Settlement::Kind::proved:
        co_return co_await prove(services, std::move(job), std::move(*request), *verdict.account);
    case Settlement::Kind::send_again:
    {
        // Rights that were lost, or cannot be asked for, stop the second send; the first is settled by reading on.
        const auto fault = co_await approval_fault(services, *request);
        if (!fault || !fault->empty()) co_return JobResult::postpone(settle_every, "resend_not_allowed");
        const auto held = co_await frozen(services);
        if (held) co_return JobResult::postpone(settle_every, "frozen");
        Change change{services.clock.now()};
        co_return co_await send_durably(services, std::move(job), std::move(*request), std::move(change));
    }
    case Settlement::Kind::given_up:
        co_return co_await give_up(services, std::move(job), std::move(*request), verdict.ending);
    case Settlement::Kind::open: break;
    }
    co_return JobResult::postpone(settle_every, "outcome_open");
}

}  // namespace countersign
