#include "handlers/effects/send_change.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/begin.hpp"
#include "handlers/rules/refused_send.hpp"
#include "handlers/rules/settle.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Known not to have been applied: the same password waits for the next try.
asio::awaitable<JobResult> hold(Running running, JobResult again)
{
    Transaction change = running.ending(JobEnd::keep);
    running.request.intent->sends -= 1;
    change.update.emplace(std::move(running.request));
    const JobResult kept = co_await commit(running.services, std::move(change));
    static_cast<void>(kept);  // A lease or version lost here shows at the runner's own commit.
    co_return again;
}

asio::awaitable<JobResult> pick_again(Running running)
{
    const std::string why{name_of(Ending::password_too_weak)};
    Transaction change = running.ending(JobEnd::postpone);
    change.job->due = change.at;
    change.job->error = why;
    Request& request = running.request;
    request.intent->sends = 0;
    request.intent->redrawn = true;
    change.credential_step = CredentialStep::destroy;
    AuditEvent row{"passphrase_redrawn", system_actor, request.id};
    row.details.emplace_back("why", why);
    change.audit.push_back(std::move(row));
    change.update.emplace(std::move(request));
    co_return co_await commit(running.services, std::move(change));
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

// Auth0 says that there is such an account already: ours, if an earlier send made it; else the request fails.
asio::awaitable<JobResult> meet_existing(Running running)
{
    const Request& request = running.request;
    const auto found = co_await running.services.accounts.find_by_email(request.email);
    const Account* created = found ? rules::created_account(request, *found) : nullptr;
    const bool is_ours = rules::trace_of_creation(request, created) == rules::Trace::ours;
    rules::Existing existing = is_ours ? rules::Existing::ours : rules::Existing::not_ours;
    if (!found) existing = rules::Existing::unreadable;
    auto verdict = rules::after_meeting(request, existing);
    if (verdict.kind == rules::RefusedSend::Kind::prove) co_return co_await prove(std::move(running), *created);
    if (verdict.kind == rules::RefusedSend::Kind::reject)
        co_return co_await reject(std::move(running), std::move(verdict.ending));
    co_return co_await lose_answer(std::move(running));
}

asio::awaitable<JobResult> send(Running running)
{
    const Services& services = running.services;
    const Request& request = running.request;
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed) co_return JobResult::bury(Problem{Errc::corrupt, "credential_missing"});
    auto password = services.vault.open(*sealed, credential_context(request));
    // At the first send nothing can have been applied.
    if (!password && request.intent->sends == 1)
        co_return co_await reject(std::move(running), Ending::credential_corrupt);
    if (!password) co_return JobResult::bury(Problem{Errc::corrupt, "credential_corrupt"});

    const auto answer = co_await transmit(services, request, std::move(*password));
    if (answer) co_return co_await confirm(std::move(running), *answer);
    co_return co_await see_to(std::move(running), answer.error());
}

}  // namespace

NewAccount new_account_of(const Request& request, const Settings& settings)
{
    NewAccount account{request.connection, request.email, request.id, request.intent->started_at};
    account.given_name = request.given_name();
    account.family_name = request.family_name();
    account.email_verified = settings.new_accounts.email_verified;
    account.verify_email = settings.new_accounts.verify_email;
    account.must_change = settings.after_change.must_change;
    return account;
}

asio::awaitable<GoneOn> note_send(Running running, Transaction change)
{
    rules::add_send(change, running.request);
    return go_on(std::move(running), std::move(change));
}

asio::awaitable<JobResult> see_to(Running running, Problem problem)
{
    using Kind = rules::RefusedSend::Kind;
    auto verdict = rules::after_problem(running.request, problem);
    switch (verdict.kind)
    {
    case Kind::hold: co_return co_await hold(std::move(running), JobResult::of(problem));
    case Kind::pick_again: co_return co_await pick_again(std::move(running));
    case Kind::meet_existing: co_return co_await meet_existing(std::move(running));
    case Kind::reject: co_return co_await reject(std::move(running), std::move(verdict.ending));
    case Kind::prove:  // only once an existing account was met
    case Kind::lose_answer: break;
    }
    if (verdict.is_over) running.request.intent->answered += 1;
    co_return co_await lose_answer(std::move(running));
}

asio::awaitable<JobResult> send_durably(Running running, Transaction change)
{
    auto noted = co_await note_send(std::move(running), std::move(change));
    if (auto* stopped = std::get_if<JobResult>(&noted)) co_return std::move(*stopped);
    co_return co_await send(std::get<Running>(std::move(noted)));
}

}  // namespace countersign::effects
