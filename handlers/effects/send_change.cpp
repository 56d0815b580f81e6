#include "handlers/effects/send_change.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/creation.hpp"
#include "handlers/effects/credential_context.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/refused_send.hpp"
#include "handlers/rules/transitions.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

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

asio::awaitable<JobResult> pick_again(const Services& services, Job job, Request request)
{
    const std::string why{name_of(Ending::password_too_weak)};
    Transaction change{services.clock.now()};
    request.intent->sends = 0;
    request.intent->redrawn = true;
    change.credential_step = CredentialStep::destroy;
    AuditEvent row{"passphrase_redrawn", system_actor, request.id};
    row.details.emplace_back("why", why);
    change.audit.push_back(std::move(row));
    change.update.emplace(std::move(request));
    change.job = rules::end_of(job, JobEnd::postpone);
    change.job->due = change.at;
    change.job->error = why;
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
        co_return co_await reject(services, std::move(job), std::move(request), Ending::credential_corrupt);
    if (!password) co_return JobResult::bury(Problem{Errc::corrupt, "credential_corrupt"});

    const auto answer = co_await transmit(services, request, std::move(*password));
    if (answer) co_return co_await confirm(services, std::move(job), std::move(request), *answer);
    co_return co_await see_to(services, std::move(job), std::move(request), answer.error());
}

}  // namespace

asio::awaitable<GoneOn> note_send(const Services& services, Job job, Request request, Transaction change)
{
    // Known never to have been sent: the time in which it is settled begins now.
    if (request.intent->sends == 0) request.intent->started_at = change.at;
    request.intent->sends += 1;
    request.intent->sent_at = change.at;
    const Event event = request.state == State::approved ? Event::start : Event::resend;
    if (request.state == State::executing)
        change.update.emplace(request);
    else
        rules::advance(change, request, event, system_actor);
    co_return co_await go_on(services, std::move(job), std::move(request), std::move(change));
}

asio::awaitable<JobResult> see_to(const Services& services, Job job, Request request, Problem problem)
{
    using Kind = rules::RefusedSend::Kind;
    auto verdict = rules::after_problem(request, problem);
    switch (verdict.kind)
    {
    case Kind::hold: co_return co_await hold(services, std::move(job), std::move(request), JobResult::of(problem));
    case Kind::pick_again: co_return co_await pick_again(services, std::move(job), std::move(request));
    case Kind::meet_existing: co_return co_await meet_existing(services, std::move(job), std::move(request));
    case Kind::reject:
        co_return co_await reject(services, std::move(job), std::move(request), std::move(verdict.ending));
    case Kind::prove:  // only once an existing account was met
    case Kind::lose_answer: break;
    }
    if (verdict.is_over) request.intent->answered += 1;
    co_return co_await lose_answer(services, std::move(job), std::move(request));
}

asio::awaitable<JobResult> send_durably(const Services& services, Job job, Request request, Transaction change)
{
    auto noted = co_await note_send(services, job, std::move(request), std::move(change));
    if (auto* stopped = std::get_if<JobResult>(&noted)) co_return std::move(*stopped);
    co_return co_await send(services, std::move(job), std::get<Request>(std::move(noted)));
}

}  // namespace countersign::effects
