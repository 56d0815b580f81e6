#include "handlers/effects/change_password.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/effects/approval_check.hpp"
#include "handlers/effects/conclude.hpp"
#include "handlers/effects/operations.hpp"
#include "handlers/rules/begin.hpp"
#include "handlers/rules/demands.hpp"

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// The account is read again: it and the settings are to demand no more than what was approved.
asio::awaitable<JobResult> perform_on_account(Running running)
{
    const Request& request = running.request;
    const OperationHandler handler = handler_of(operation_of(request));
    const auto account = co_await running.services.accounts.read(request.account->id);
    if (!account && account.error().code == Errc::not_found)
        co_return co_await reject(std::move(running), Ending::account_gone);
    if (!account) co_return co_await reject_or_try_again(std::move(running), account.error());
    const Ending fault = rules::account_fault(running.services.settings, request, *account);
    if (fault != Ending::none) co_return co_await reject(std::move(running), fault);
    co_return co_await handler.perform(std::move(running), *account);
}

// Checks everything again, then performs the operation. Also the way of a request that was held.
asio::awaitable<JobResult> begin(Running running)
{
    const Services& services = running.services;
    const Request& request = running.request;
    const auto freeze = co_await checks::frozen(services);
    const rules::Beginning beginning = rules::beginning_of(request, freeze.has_value(), running.now());
    switch (beginning.kind)
    {
    case rules::Beginning::Kind::now: break;
    case rules::Beginning::Kind::later: co_return JobResult::postpone(beginning.wait, std::string{beginning.why});
    case rules::Beginning::Kind::never: co_return co_await reject(std::move(running), beginning.ending);
    }
    const auto fault = co_await approval_fault(services, request);
    if (!fault)
    {
        // Slack's absence, not Auth0's: if it lasts, the people read so.
        Problem unasked{fault.error().code, std::string{name_of(Ending::rights_unknown)}, fault.error().retry_after};
        co_return JobResult::retry(unasked);
    }
    if (!fault->is_none()) co_return co_await reject(std::move(running), *fault);
    if (request.account) co_return co_await perform_on_account(std::move(running));

    const Ending stricter = rules::demands_fault(services.settings, request);
    if (stricter != Ending::none) co_return co_await reject(std::move(running), stricter);
    const OperationHandler handler = handler_of(operation_of(request));
    co_return co_await handler.perform(std::move(running), std::nullopt);
}

asio::awaitable<JobResult> send_again(Running running)
{
    const auto freeze = co_await checks::frozen(running.services);
    if (freeze) co_return JobResult::postpone(rules::settle_every, "frozen");
    // Rights that were lost, or cannot be asked for, stop the second send; the first is settled by reading on.
    const auto fault = co_await approval_fault(running.services, running.request);
    if (!fault || !fault->is_none()) co_return JobResult::postpone(rules::settle_every, "resend_not_allowed");
    const OperationHandler handler = handler_of(operation_of(running.request));
    Transaction change{running.now()};
    co_return co_await handler.send_again(std::move(running), std::move(change));
}

asio::awaitable<JobResult> look_again(Running running)
{
    using Kind = Settled::Kind;
    const OperationHandler handler = handler_of(operation_of(running.request));
    const auto verdict = co_await handler.settle(running.services, running.request);
    switch (verdict.kind)
    {
    case Kind::proved: co_return co_await prove(std::move(running), *verdict.account);
    case Kind::send_again: co_return co_await send_again(std::move(running));
    case Kind::ruled_out: co_return co_await reject(std::move(running), verdict.ending);
    case Kind::given_up: co_return co_await give_up(std::move(running), verdict.ending);
    case Kind::ask_the_log:  // was asked
    case Kind::open: break;
    }
    co_return JobResult::postpone(rules::settle_every, "outcome_open");
}

}  // namespace

asio::awaitable<JobResult> change_password(Running running)
{
    switch (rules::stage_of(running.request))
    {
    case rules::Stage::over: break;
    case rules::Stage::nothing_sent: co_return co_await begin(std::move(running));
    case rules::Stage::perhaps_sent: co_return co_await lose_answer(std::move(running));
    case rules::Stage::answer_lost: co_return co_await look_again(std::move(running));
    }
    co_return co_await finish(std::move(running));
}

}  // namespace countersign::effects
