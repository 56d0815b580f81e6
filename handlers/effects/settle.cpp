#include "handlers/effects/settle.hpp"

#include "handlers/effects/conclude.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

rules::LostChange lost_change(const Request& request, rules::Trace trace, TimePoint now)
{
    rules::LostChange lost;
    lost.trace = trace;
    lost.elapsed = now - request.intent->last_send();
    lost.may_send_again = rules::may_send_again(*request.intent, now);
    lost.tells_of_changes = rules::tells_of_changes(request);
    return lost;
}

asio::awaitable<Outcome<LogEvidence>> find_in_log(const Services& services, Request request)
{
    SentChange sent{request.id, request.intent->started_at, request.intent->last_send()};
    if (request.account) sent.account = request.account->id;
    co_return co_await services.accounts.find_in_log(std::move(sent));
}

}  // namespace

asio::awaitable<Settled> settle_by(
    const Services& services, Request request, rules::Trace trace, std::optional<Account> account)
{
    rules::LostChange lost = lost_change(request, trace, services.clock.now());
    Settled settled{rules::settle(lost), std::move(account)};
    if (settled.kind != Settled::Kind::ask_the_log) co_return settled;
    const auto evidence = co_await find_in_log(services, request);
    lost.log = rules::word_of(evidence);
    lost.elapsed = services.clock.now() - request.intent->last_send();
    co_return Settled{rules::settle(lost), std::move(settled.account)};
}

asio::awaitable<Settled> settle_change(const Services& services, Request request)
{
    const auto read = co_await services.accounts.read(request.account->id);
    rules::Trace trace = rules::Trace::unreadable;
    std::optional<Account> now;
    if (read)
    {
        trace = rules::trace_of_change(request, *read);
        now = *read;
    }
    else if (read.error().code == Errc::not_found)
        trace = rules::Trace::gone;
    co_return co_await settle_by(services, std::move(request), trace, std::move(now));
}

asio::awaitable<Settled> settle_creation(const Services& services, Request request)
{
    const auto found = co_await services.accounts.find_by_email(request.email);
    rules::Trace trace = rules::Trace::unreadable;
    std::optional<Account> now;
    if (found)
    {
        const Account* created = rules::created_account(request, *found);
        trace = rules::trace_of_creation(request, created);
        if (created != nullptr) now = *created;
    }
    co_return co_await settle_by(services, std::move(request), trace, std::move(now));
}

asio::awaitable<JobResult> confirm(Running running, Account answered)
{
    const auto seen = co_await running.services.accounts.read(answered.id);
    auto changed = rules::confirmed(running.request, answered, seen ? &*seen : nullptr);
    if (changed) co_return co_await prove(std::move(running), std::move(*changed));
    co_return co_await lose_answer(std::move(running));
}

}  // namespace countersign::effects
