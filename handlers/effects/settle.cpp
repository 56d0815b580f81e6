#include "handlers/effects/settle.hpp"

#include "handlers/effects/after_care.hpp"
#include "handlers/effects/change_password.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/creation.hpp"
#include "handlers/handover/steps.hpp"
#include "handlers/requests/jobs.hpp"
#include "handlers/requests/steps.hpp"

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr const char* by_itself = "countersign";

// The time of the last change moved past what was read before ours.
bool moved(const Request& request, const Account& now)
{
    if (!now.last_password_reset) return false;
    return !request.intent->reset_before || *now.last_password_reset > *request.intent->reset_before;
}

bool marked(const Request& request, const Account& now) { return now.marker == request.id.str(); }

// Only one of the two signs is there: the tenant's log decides.
asio::awaitable<Settlement> ask_the_log(const Services& services, Request request, Account now)
{
    const auto evidence =
        co_await services.accounts.find_in_log(request.account->id, request.id, request.intent->started_at);
    if (evidence && *evidence == LogEvidence::found) co_return Settlement{std::move(now)};
    if (services.clock.now() - request.intent->started_at >= give_up_unproved_after)
    {
        // Only the marker: where the time is not kept nobody else's change was seen.
        const bool by_someone = moved(request, now);
        co_return Settlement{Settlement::Kind::given_up, by_someone ? "changed_by_someone" : "answer_lost"};
    }
    co_return Settlement{Settlement::Kind::open};
}

}  // namespace

std::string credential_context(const Request& request)
{
    // Nothing of this holds a line break. The account's id is not known before an account is made.
    return "credential:" + request.id.str() + "\n" + request.requester.str() + "\n" + request.email.str() + "\n" +
        request.connection;
}

asio::awaitable<Settlement> settle(const Services& services, Request request)
{
    if (request.creates_account()) co_return co_await settle_creation(services, std::move(request));
    const auto now = co_await services.accounts.read(request.account->id);
    const auto elapsed = services.clock.now() - request.intent->started_at;
    if (!now)
    {
        if (now.error().code == Errc::not_found) co_return Settlement{Settlement::Kind::given_up, "account_gone"};
        if (elapsed >= give_up_unproved_after) co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
        co_return Settlement{Settlement::Kind::open};
    }
    if (moved(request, *now) && marked(request, *now)) co_return Settlement{*now};
    if (moved(request, *now) || marked(request, *now))
        co_return co_await ask_the_log(services, std::move(request), *now);
    // A block that was set or lifted meanwhile is somebody's decision, which a second send would undo.
    const bool same_block = now->blocked == request.intent->blocked_before;
    if (elapsed <= resend_within && request.intent->sends < 2 && same_block)
        co_return Settlement{Settlement::Kind::send_again};
    if (elapsed >= give_up_unmoved_after) co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
    co_return Settlement{Settlement::Kind::open};
}

asio::awaitable<JobResult> confirm(const Services& services, Job job, Request request, Account answered)
{
    auto seen = co_await services.accounts.read(answered.id);
    if (seen && (moved(request, *seen) || marked(request, *seen)))
    {
        // What is read now may be the owner's own change already; the answer is about ours (contract/auth0.md 15.2).
        if (moved(request, answered)) seen->last_password_reset = answered.last_password_reset;
        co_return co_await prove(services, std::move(job), std::move(request), *seen);
    }
    if (moved(request, answered) || marked(request, answered))
        co_return co_await prove(services, std::move(job), std::move(request), answered);
    co_return co_await lose_answer(services, std::move(job), std::move(request));
}

asio::awaitable<JobResult> lose_answer(const Services& services, Job job, Request request)
{
    Change change{services.clock.now()};
    change.job = end_of(job, JobEnd::postpone);
    change.job->due = change.at + settle_after;
    change.job->error = "answer_lost";
    static_cast<void>(step(change, std::move(request), Event::lose_answer, by_itself));
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> prove(const Services& services, Job job, Request request, Account now)
{
    Change change{services.clock.now()};
    add_after_care(change, request, now, services.settings.after_care);
    if (!request.account) request.account.emplace(now);
    request.account->last_password_reset = now.last_password_reset;
    make_ready(change, request, change.at + services.settings.password.reveal_within);
    if (request.intent->blocked_before && !now.blocked) add_reblock(change, request);
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(request), Event::prove, by_itself));
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> give_up(const Services& services, Job job, Request request, std::string ending)
{
    Change change{services.clock.now()};
    request.ending = std::move(ending);
    // A change that may have been applied may also have cleared the block.
    if (request.intent->blocked_before) add_reblock(change, request);
    change.job = end_of(job, JobEnd::finish);
    static_cast<void>(step(change, std::move(request), Event::give_up, by_itself));
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign
