#include "handlers/effects/creation.hpp"

#include "handlers/effects/change_password.hpp"
#include "handlers/effects/send_change.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// The account of this address in the connection where ours is to be, if there is one.
const Account* existing(const std::vector<Account>& accounts, const Request& request)
{
    for (const Account& account : accounts)
    {
        const auto& databases = account.database_connections;
        if (std::find(databases.begin(), databases.end(), request.connection) != databases.end()) return &account;
    }
    return nullptr;
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

asio::awaitable<Settlement> settle_creation(const Services& services, Request request)
{
    const auto found = co_await services.accounts.find_by_email(request.email);
    if (!found)
    {
        if (services.clock.now() - request.intent->last_send() >= give_up_after)
            co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
        co_return Settlement{Settlement::Kind::open};
    }
    const Account* account = existing(*found, request);
    if (account != nullptr && account->marker == request.id.str()) co_return Settlement{*account};
    // Another's account, or ours whose marker was overwritten since: the two cannot be told apart.
    if (account != nullptr) co_return Settlement{Settlement::Kind::given_up, "changed_by_someone"};
    if (may_send_again(*request.intent, services.clock.now())) co_return Settlement{Settlement::Kind::send_again};
    co_return co_await settle_untouched(services, std::move(request));
}

asio::awaitable<JobResult> meet_existing(const Services& services, Job job, Request request)
{
    const auto found = co_await services.accounts.find_by_email(request.email);
    // Who made it cannot be seen now: looked at again like a lost answer.
    if (!found) co_return co_await lose_answer(services, std::move(job), std::move(request));
    const Account* account = existing(*found, request);
    if (account != nullptr && account->marker == request.id.str())
    {
        Account ours = *account;
        co_return co_await prove(services, std::move(job), std::move(request), std::move(ours));
    }
    if (request.intent->sends > 1) co_return co_await lose_answer(services, std::move(job), std::move(request));
    co_return co_await reject(services, std::move(job), std::move(request), "account_exists");
}

}  // namespace countersign::effects
