#include "handlers/effects/make_link.hpp"

#include "handlers/effects/conclude.hpp"
#include "handlers/model/vault_context.hpp"
#include "handlers/rules/handover_transitions.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> make_link(Running running, std::optional<Account> account)
{
    auto started = co_await start(std::move(running));
    if (auto* stopped = std::get_if<JobResult>(&started)) co_return std::move(*stopped);
    Running executing = std::get<Running>(std::move(started));
    const Services& services = executing.services;
    const auto& settings = services.settings.password;
    auto link = co_await services.accounts.create_link(account->id, settings.link_life, executing.request.id);
    if (!link) co_return co_await reject_or_try_again(std::move(executing), link.error());

    Transaction change{executing.now()};
    change.credential = services.vault.seal(*link, credential_context(executing.request));
    change.credential_step = CredentialStep::seal;
    const auto shown_within = std::min(settings.reveal_within, settings.link_life);
    rules::make_ready(change, executing.request, change.at + shown_within);
    co_return co_await conclude(std::move(executing), std::move(change));
}

}  // namespace countersign::effects
