#include "handlers/effects/creation.hpp"

#include "handlers/effects/conclude.hpp"
#include "handlers/rules/refused_send.hpp"
#include "handlers/rules/settle.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

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

}  // namespace countersign::effects
