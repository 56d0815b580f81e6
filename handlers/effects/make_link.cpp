#include "handlers/effects/make_link.hpp"

#include "handlers/effects/conclude.hpp"
#include "handlers/effects/credential_context.hpp"
#include "handlers/rules/handover_transitions.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

asio::awaitable<JobResult> make_link(const Services& services, Job job, Request request, std::optional<Account> account)
{
    auto started = co_await start(services, job, std::move(request));
    if (auto* stopped = std::get_if<JobResult>(&started)) co_return std::move(*stopped);
    Request executing = std::get<Request>(std::move(started));
    const auto& settings = services.settings.password;
    auto link = co_await services.accounts.create_link(account->id, settings.link_life, executing.id);
    if (!link) co_return co_await reject_or_try_again(services, std::move(job), std::move(executing), link.error());

    Transaction change{services.clock.now()};
    change.credential = services.vault.seal(*link, credential_context(executing));
    change.credential_step = CredentialStep::seal;
    rules::make_ready(change, executing, change.at + std::min(settings.reveal_within, settings.link_life));
    co_return co_await conclude(services, std::move(job), std::move(executing), std::move(change));
}

}  // namespace countersign::effects
