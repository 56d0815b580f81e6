#include "handlers/effects/set_password.hpp"

#include "handlers/effects/conclude.hpp"
#include "handlers/effects/password_of.hpp"
#include "handlers/effects/send_change.hpp"
#include "handlers/model/vault_context.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> set_password(Running running, std::optional<Account> account)
{
    const Services& services = running.services;
    Request& request = running.request;
    Transaction change{running.now()};
    if (request.state == State::approved)
    {
        Intent& intent = request.intent.emplace();
        intent.started_at = change.at;
        if (account) intent.reset_before = account->last_password_reset;
        if (account) intent.blocked_before = account->blocked;
    }
    // A password that is new, or the one that waits for being sent again: one for each request, for ever.
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed)
    {
        const Freshness freshness = request.intent->redrawn ? Freshness::now : Freshness::recent;
        const auto password = co_await password_of(services, request, freshness);
        if (!password) co_return co_await reject_or_try_again(std::move(running), password.error());
        change.at = running.now();
        change.credential = services.vault.seal(*password, credential_context(request));
        change.credential_step = CredentialStep::seal;
    }
    co_return co_await send_durably(std::move(running), std::move(change));
}

}  // namespace countersign::effects
