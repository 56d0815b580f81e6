#include "handlers/effects/change_password.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/effects/approval_check.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/conclude.hpp"
#include "handlers/effects/operations.hpp"
#include "handlers/rules/begin.hpp"
#include "handlers/rules/demands.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// The account is read again: it and the settings are to demand no more than what was approved.
asio::awaitable<JobResult> perform_on_account(const Services& services, Job job, Request request)
{
    const OperationHandler handler = handler_of(operation_of(request));
    const auto account = co_await services.accounts.read(request.account->id);
    if (!account)
    {
        if (account.error().code == Errc::not_found)
            co_return co_await reject(services, std::move(job), std::move(request), Ending::account_gone);
        co_return co_await reject_or_try_again(services, std::move(job), std::move(request), account.error());
    }
    const Ending fault = rules::account_fault(services.settings, request, *account);
    if (fault != Ending::none) co_return co_await reject(services, std::move(job), std::move(request), fault);
    co_return co_await handler.perform(services, std::move(job), std::move(request), *account);
}

// Checks everything again, then performs the operation. Also the way of a request that was held.
asio::awaitable<JobResult> begin(const Services& services, Job job, Request request)
{
    const auto freeze = co_await checks::frozen(services);
    const rules::Beginning beginning = rules::beginning_of(request, freeze.has_value(), services.clock.now());
    switch (beginning.kind)
    {
    case rules::Beginning::Kind::now: break;
    case rules::Beginning::Kind::later: co_return JobResult::postpone(beginning.wait, std::string{beginning.why});
    case rules::Beginning::Kind::never:
        co_return co_await reject(services, std::move(job), std::move(request), beginning.ending);
    }
    const auto fault = co_await approval_fault(services, request);
    if (!fault)
    {
        // Slack's absence, not Auth0's: if it lasts, the people read so.
        Problem unasked{fault.error().code, std::string{name_of(Ending::rights_unknown)}, fault.error().retry_after};
        co_return JobResult::retry(unasked);
    }
    if (!fault->is_none()) co_return co_await reject(services, std::move(job), std::move(request), *fault);
    if (request.account) co_return co_await perform_on_account(services, std::move(job), std::move(request));

    const Ending stricter = rules::demands_fault(services.settings, request);
    if (stricter != Ending::none) co_return co_await reject(services, std::move(job), std::move(request), stricter);
    const OperationHandler handler = handler_of(operation_of(request));
    co_return co_await handler.perform(services, std::move(job), std::move(request), std::nullopt);
}

asio::awaitable<JobResult> send_again(const Services& services, Job job, Request request)
{
    const auto freeze = co_await checks::frozen(services);
    if (freeze) co_return JobResult::postpone(rules::settle_every, "frozen");
    // Rights that were lost, or cannot be asked for, stop the second send; the first is settled by reading on.
    const auto fault = co_await approval_fault(services, request);
    if (!fault || !fault->is_none()) co_return JobResult::postpone(rules::settle_every, "resend_not_allowed");
    const OperationHandler handler = handler_of(operation_of(request));
    Transaction change{services.clock.now()};
    co_return co_await handler.send_again(services, std::move(job), std::move(request), std::move(change));
}

asio::awaitable<JobResult> look_again(const Services& services, Job job, Request request)
{
    using Kind = Settled::Kind;
    const OperationHandler handler = handler_of(operation_of(request));
    const auto verdict = co_await handler.settle(services, request);
    switch (verdict.kind)
    {
    case Kind::proved: co_return co_await prove(services, std::move(job), std::move(request), *verdict.account);
    case Kind::send_again: co_return co_await send_again(services, std::move(job), std::move(request));
    case Kind::ruled_out: co_return co_await reject(services, std::move(job), std::move(request), verdict.ending);
    case Kind::given_up: co_return co_await give_up(services, std::move(job), std::move(request), verdict.ending);
    case Kind::ask_the_log:  // was asked
    case Kind::open: break;
    }
    co_return JobResult::postpone(rules::settle_every, "outcome_open");
}

}  // namespace

asio::awaitable<JobResult> change_password(const Services& services, Job job)
{
    auto request = co_await services.store.find_request(*job.request);
    if (!request) co_return co_await finish(services, std::move(job));
    const bool was_sent = request->intent && request->intent->sends > 0;
    if (request->state == State::approved || (request->state == State::executing && !was_sent))
        co_return co_await begin(services, std::move(job), std::move(*request));
    // A process died between the send and its outcome.
    if (request->state == State::executing)
        co_return co_await lose_answer(services, std::move(job), std::move(*request));
    if (request->state == State::checking) co_return co_await look_again(services, std::move(job), std::move(*request));
    co_return co_await finish(services, std::move(job));
}

}  // namespace countersign::effects
