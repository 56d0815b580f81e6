#include "handlers/effects/change_password.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/effects/approval_check.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/make_link.hpp"
#include "handlers/effects/password_of.hpp"
#include "handlers/effects/send_change.hpp"
#include "handlers/effects/settle.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// Not before its time, not after it lapsed, and not while everything is frozen. nullopt: go on.
asio::awaitable<std::optional<JobResult>> time_fault(const Services& services, Job job, Request request)
{
    const TimePoint now = services.clock.now();
    const TimePoint from = std::max(request.decision->at, request.change_from.value_or(request.decision->at));
    if (now < from)
    {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(from - now);
        co_return JobResult::postpone(wait, "cooling");
    }
    const auto freeze = co_await checks::frozen(services);
    if (now - from > approval_age_max)
    {
        std::string ending = freeze ? "frozen_too_long" : "approval_too_old";
        co_return co_await reject(services, std::move(job), std::move(request), std::move(ending));
    }
    if (freeze) co_return JobResult::postpone(frozen_every, "frozen");
    co_return std::nullopt;
}

// A password that is new, or the one that waits for being sent again: one for each request, for ever.
asio::awaitable<JobResult> seal_and_send(const Services& services, Job job, Request request, Intent intent)
{
    Transaction change{services.clock.now()};
    if (request.state == State::approved) request.intent.emplace(intent);
    const auto sealed = co_await services.store.find_credential(request.id);
    if (!sealed)
    {
        const Freshness freshness = request.intent->redrawn ? Freshness::now : Freshness::recent;
        const auto password = co_await password_of(services, request, freshness);
        if (!password)
            co_return co_await reject_or_try_again(services, std::move(job), std::move(request), password.error());
        change.at = services.clock.now();
        change.credential = services.vault.seal(*password, credential_context(request));
        change.credential_step = CredentialStep::seal;
    }
    co_return co_await send_durably(services, std::move(job), std::move(request), std::move(change));
}

// Why the account, as it is now, is not the one that was approved. Empty: it is; else the ending.
std::string account_fault(const Settings& settings, const Request& approved, const Account& now)
{
    Request current = approved;
    current.account = now;
    std::string stricter = demands_fault(settings, current);
    if (!stricter.empty()) return stricter;
    // Somebody signed in since: there is a password that is not to be overwritten as a first one.
    if (approved.purpose == Purpose::first_password && now.has_signed_in()) return "has_signed_in";
    return same_as_approved(*approved.account, now) ? "" : "account_changed";
}

// Checks everything again, then sends. Also the way of a request that was held.
asio::awaitable<JobResult> begin(const Services& services, Job job, Request request)
{
    const auto waiting = co_await time_fault(services, job, request);
    if (waiting) co_return *waiting;
    const auto fault = co_await approval_fault(services, request);
    if (!fault)
    {
        // Slack's absence, not Auth0's: if it lasts, the people read so.
        Problem unasked{fault.error().code, "rights_unknown", fault.error().retry_after};
        co_return JobResult::retry(unasked);
    }
    if (!fault->empty()) co_return co_await reject(services, std::move(job), std::move(request), *fault);

    Intent intent;
    intent.started_at = services.clock.now();
    if (request.creates_account())
    {
        std::string stricter = demands_fault(services.settings, request);
        if (!stricter.empty())
            co_return co_await reject(services, std::move(job), std::move(request), std::move(stricter));
        co_return co_await seal_and_send(services, std::move(job), std::move(request), intent);
    }

    const auto account = co_await services.accounts.read(request.account->id);
    if (!account)
    {
        if (account.error().code == Errc::not_found)
            co_return co_await reject(services, std::move(job), std::move(request), "account_gone");
        co_return co_await reject_or_try_again(services, std::move(job), std::move(request), account.error());
    }
    std::string fault_now = account_fault(services.settings, request, *account);
    if (!fault_now.empty())
        co_return co_await reject(services, std::move(job), std::move(request), std::move(fault_now));
    if (request.format == PasswordFormat::link)
        co_return co_await make_link(services, std::move(job), std::move(request));
    intent.reset_before = account->last_password_reset;
    intent.blocked_before = account->blocked;
    co_return co_await seal_and_send(services, std::move(job), std::move(request), intent);
}

asio::awaitable<JobResult> send_again(const Services& services, Job job, Request request)
{
    const auto freeze = co_await checks::frozen(services);
    if (freeze) co_return JobResult::postpone(settle_every, "frozen");
    // Rights that were lost, or cannot be asked for, stop the second send; the first is settled by reading on.
    const auto fault = co_await approval_fault(services, request);
    if (!fault || !fault->empty()) co_return JobResult::postpone(settle_every, "resend_not_allowed");
    Transaction change{services.clock.now()};
    co_return co_await send_durably(services, std::move(job), std::move(request), std::move(change));
}

}  // namespace

asio::awaitable<JobResult> change_password(const Services& services, Job job)
{
    auto request = co_await services.store.find_request(*job.request);
    if (!request) co_return co_await finish(services, std::move(job));
    switch (request->state)
    {
    case State::approved: co_return co_await begin(services, std::move(job), std::move(*request));
    case State::executing:
        // Nothing was sent, or what was sent is known not to have been applied; or it is a link, which changes nothing.
        if (!request->intent || request->intent->sends == 0)
            co_return co_await begin(services, std::move(job), std::move(*request));
        // A process died between the send and its outcome.
        co_return co_await lose_answer(services, std::move(job), std::move(*request));
    case State::checking: break;
    default: co_return co_await finish(services, std::move(job));
    }
    const auto verdict = co_await settle(services, *request);
    switch (verdict.kind)
    {
    case Settlement::Kind::proved:
        co_return co_await prove(services, std::move(job), std::move(*request), *verdict.account);
    case Settlement::Kind::send_again: co_return co_await send_again(services, std::move(job), std::move(*request));
    case Settlement::Kind::ruled_out:
        co_return co_await reject(services, std::move(job), std::move(*request), verdict.ending);
    case Settlement::Kind::given_up:
        co_return co_await give_up(services, std::move(job), std::move(*request), verdict.ending);
    case Settlement::Kind::open: break;
    }
    co_return JobResult::postpone(settle_every, "outcome_open");
}

}  // namespace countersign::effects
