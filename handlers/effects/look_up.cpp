#include "handlers/effects/look_up.hpp"

#include "handlers/checks/prepare.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/limits.hpp"
#include "handlers/rules/look_up.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/notes.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// With its account and all that follows from it: refused, asked back, or passed on to the approvers.
asio::awaitable<JobResult> pass_on(Running running)
{
    const Services& services = running.services;
    auto prepared = co_await checks::prepare(services, running.request);
    if (!prepared) co_return JobResult::of(prepared.error());
    const TimePoint now = running.now();
    auto held = rules::held_up(*prepared, services.settings, now);
    if (held) co_return co_await end_with(std::move(running), std::move(*held));

    const auto asked = co_await services.directory.fetch_approvals_channel();
    const ChannelSafety channel = asked ? *asked : services.directory.approvals_channel();
    Transaction change = rules::passed_on(std::move(prepared->request), channel, services.settings, now);
    change.job = rules::end_of(running.job, JobEnd::finish);
    const auto moved = rules::moved_request(change);
    const auto receipt = co_await services.store.commit(std::move(change));
    if (receipt && moved) rules::log_move(*moved);
    if (receipt || receipt.error() != Errc::duplicate) co_return after_commit(receipt);

    const auto open = co_await services.store.find_open_request(rules::account_key_of(running.request));
    std::string which = open ? views::open_request(*open) : std::string{};
    Transaction other = rules::already_open(running.request, open ? &*open : nullptr, std::move(which), now);
    co_return co_await end_with(std::move(running), std::move(other));
}

}  // namespace

asio::awaitable<JobResult> look_up(Running running)
{
    const Services& services = running.services;
    Request& request = running.request;
    if (request.state != State::looking_up) co_return co_await finish(std::move(running));
    // The requester is told to ask again.
    if (running.now() - request.updated_at > rules::look_up_age_max)
        co_return JobResult::bury(Problem{Errc::unavailable, "too_old"});
    const auto accounts = co_await services.accounts.find_by_email(request.email);
    if (!accounts) co_return JobResult::of(accounts.error());
    auto found = rules::with_account(std::move(request), *accounts, services.settings, running.now());
    if (auto* end = std::get_if<Transaction>(&found)) co_return co_await end_with(std::move(running), std::move(*end));
    request = std::get<Request>(std::move(found));
    co_return co_await pass_on(std::move(running));
}

}  // namespace countersign::effects
