#include "handlers/effects/after_change.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/after_change.hpp"
#include "handlers/rules/jobs.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds report_after{5};  // so that one message tells of all of them, where they are quick

std::string_view name_of(AfterChange result) noexcept
{
    switch (result)
    {
    case AfterChange::not_needed: return "not_needed";
    case AfterChange::waiting: return "waiting";
    case AfterChange::sending: return "sending";
    case AfterChange::done: return "done";
    case AfterChange::failed: return "failed";
    case AfterChange::not_in_plan: return "not_in_plan";
    }
    return "corrupt";
}

// By the time of the change the Action tells our password from the owner's. A new account has none yet; its making
// stands for it.
asio::awaitable<Outcome<void>> mark_owner(const Services& services, Request request)
{
    const Account& account = *request.account;
    const TimePoint made = account.created_at.value_or(request.intent->started_at);
    MustChange mark{account.id, request.id, request.intent->started_at, account.last_password_reset.value_or(made)};
    co_return co_await services.accounts.mark_must_change(std::move(mark));
}

// Only where the owner can do something with the mail. unsupported: not here.
asio::awaitable<Outcome<void>> write_to_owner(const Services& services, Request request)
{
    const auto policy = co_await services.accounts.read_policy(request.connection, Freshness::recent);
    if (!policy) co_return policy.error();
    if (policy->hides_password_change || !policy->password_enabled) co_return Problem{Errc::unsupported, "not_allowed"};
    // The mail is asked for by what the identity is called in its connection.
    Email address{sign_in_address(request)};
    if (address.str().empty()) co_return Problem{Errc::unsupported, "no_address"};
    co_return co_await services.accounts.send_change_mail(std::move(address), request.connection);
}

asio::awaitable<Outcome<void>> do_step(const Services& services, std::string step, Request request)
{
    if (step == after_change::mark_must_change) co_return co_await mark_owner(services, std::move(request));
    if (step == after_change::tell_owner) co_return co_await write_to_owner(services, std::move(request));
    if (step == after_change::revoke_tokens)
        co_return co_await services.accounts.revoke_refresh_tokens(request.account->id, request.id);
    co_return co_await services.accounts.end_sessions(request.account->id, request.id);
}

// Commits the step's result without ending the job; nullopt: it was not `from` any more.
asio::awaitable<std::optional<Result<Receipt>>> keep_result(
    const Services& services, Job job, AfterChange from, AfterChange to)
{
    Decide decide = [&services, job, from, to](const Request& request) -> std::optional<Transaction> {
        if (rules::result_of(request, job.kind) != from) return std::nullopt;
        Transaction change{services.clock.now()};
        Request kept = request;
        kept.after_change[job.kind] = to;
        change.update.emplace(std::move(kept));
        change.job = rules::end_of(job, JobEnd::keep);
        return change;
    };
    co_return co_await commit_latest(services, *job.request, std::move(decide));
}

// A second mail would be a second link: that one is on its way is known before it is. The other steps do no harm twice.
asio::awaitable<std::optional<JobResult>> note_sending(const Services& services, Job job)
{
    const auto receipt = co_await keep_result(services, std::move(job), AfterChange::waiting, AfterChange::sending);
    if (!receipt) co_return JobResult::bury(Problem{Errc::answer_lost, "answer_lost"});
    if (!*receipt) co_return after_commit(*receipt);
    co_return std::nullopt;
}

// Definitely not sent: the next try need not stop at that.
asio::awaitable<void> note_not_sent(const Services& services, Job job)
{
    const auto receipt = co_await keep_result(services, std::move(job), AfterChange::sending, AfterChange::waiting);
    static_cast<void>(receipt);  // Not kept, the mail counts as one that may have been sent.
}

// Commits the result of a step; `failed` buries its job.
asio::awaitable<JobResult> end_care(const Services& services, Job job, AfterChange result, std::string why)
{
    Decide decide = [&services, job, result, why](const Request& request) -> std::optional<Transaction> {
        if (!rules::waits_for(request, job.kind)) return std::nullopt;
        Transaction change{services.clock.now()};
        Request changed = request;
        changed.after_change[job.kind] = result;
        AuditEvent row{"after_care_ended", system_actor, request.id};
        row.details.emplace_back("step", job.kind);
        row.details.emplace_back("result", std::string{name_of(result)});
        if (!why.empty()) row.details.emplace_back("why", why);
        change.audit.push_back(std::move(row));
        NewJob report = rules::request_job(job_kind::thread, request.id, change.at + report_after);
        report.coalesce = true;
        change.jobs.push_back(std::move(report));
        change.job = rules::end_of(job, result == AfterChange::failed ? JobEnd::bury : JobEnd::finish);
        change.job->error = why;
        change.update.emplace(std::move(changed));
        return change;
    };
    co_return co_await commit_latest(services, std::move(job), std::move(decide));
}

}  // namespace

asio::awaitable<JobResult> take_care(Running running)
{
    const Services& services = running.services;
    Request& request = running.request;
    const Job job = running.job;
    const bool waits = request.account && request.intent && rules::waits_for(request, job.kind);
    if (!waits) co_return co_await end_care(services, job, AfterChange::done, "");
    const bool is_once = rules::is_done_once(job.kind);
    if (is_once)
    {
        const auto stopped = co_await note_sending(services, job);
        if (stopped) co_return *stopped;
    }
    const auto answer = co_await do_step(services, job.kind, std::move(request));
    std::string why = answer ? "" : answer.error().reason;
    switch (rules::judge_step(job.kind, answer))
    {
    case rules::StepEnd::done: co_return co_await end_care(services, job, AfterChange::done, "");
    case rules::StepEnd::not_in_plan:
        co_return co_await end_care(services, job, AfterChange::not_in_plan, std::move(why));
    case rules::StepEnd::not_needed:
        co_return co_await end_care(services, job, AfterChange::not_needed, std::move(why));
    case rules::StepEnd::answer_lost: co_return JobResult::bury(Problem{Errc::answer_lost, "answer_lost"});
    case rules::StepEnd::again: break;
    }
    if (is_once) co_await note_not_sent(services, job);
    co_return JobResult::of(answer.error());
}

asio::awaitable<JobResult> fail_step(Burial burial)
{
    const Services& services = burial.running.services;
    co_return co_await end_care(services, std::move(burial.running.job), AfterChange::failed, std::move(burial.why));
}

}  // namespace countersign::effects
