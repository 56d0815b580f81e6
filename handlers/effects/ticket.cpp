#include "handlers/effects/ticket.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/effects/send_change.hpp"
#include "handlers/effects/settle.hpp"
#include "handlers/handover/steps.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/steps.hpp"

#include <algorithm>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr const char* by_itself = "countersign";

}  // namespace

asio::awaitable<JobResult> make_ticket(const Services& services, Job job, Request request)
{
    const bool starts = request.state == State::approved;
    Change start{services.clock.now()};
    start.job = end_of(job, JobEnd::keep);
    // Frozen since the job looked: no link is made, and the job sees it when it begins anew.
    start.unless_frozen = true;
    if (starts) static_cast<void>(step(start, request, Event::start, by_itself));
    const auto moved = moved_request(start);
    const auto receipt = co_await services.store.commit(std::move(start));
    if (!receipt) co_return after_commit(receipt);
    if (moved) log_move(*moved);
    if (starts)
    {
        request.state = State::executing;
        request.version += 1;
    }
    const auto& settings = services.settings.password;
    auto link = co_await services.accounts.create_ticket(request.account->id, settings.ticket_life, request.id);
    if (!link) co_return co_await reject_or_try_again(services, std::move(job), std::move(request), link.error());

    Change change{services.clock.now()};
    change.credential = services.vault.seal(*link, credential_context(request.id));
    change.credential_step = CredentialStep::seal;
    make_ready(change, request, change.at + std::min(settings.reveal_within, settings.ticket_life));
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(request), Event::prove, by_itself));
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign
