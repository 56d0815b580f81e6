#include "handlers/effects/make_link.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/send_change.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {}  // namespace

asio::awaitable<JobResult> make_link(const Services& services, Job job, Request request)
{
    const bool starts = request.state == State::approved;
    Transaction start{services.clock.now()};
    start.job = rules::end_of(job, JobEnd::keep);
    // Frozen since the job looked: no link is made, and the job sees it when it begins anew.
    start.unless_frozen = true;
    if (starts) rules::advance(start, request, Event::start, system_actor);
    const auto moved = rules::moved_request(start);
    const auto receipt = co_await services.store.commit(std::move(start));
    if (!receipt) co_return after_commit(receipt);
    if (moved) rules::log_move(*moved);
    if (starts)
    {
        request.state = State::executing;
        request.version += 1;
    }
    const auto& settings = services.settings.password;
    auto link = co_await services.accounts.create_link(request.account->id, settings.link_life, request.id);
    if (!link) co_return co_await reject_or_try_again(services, std::move(job), std::move(request), link.error());

    Transaction change{services.clock.now()};
    change.credential = services.vault.seal(*link, credential_context(request));
    change.credential_step = CredentialStep::seal;
    rules::make_ready(change, request, change.at + std::min(settings.reveal_within, settings.link_life));
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::prove, system_actor);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
