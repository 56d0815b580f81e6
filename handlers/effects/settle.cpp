#include "handlers/effects/settle.hpp"

#include "handlers/effects/after_change.hpp"
#include "handlers/effects/change_password.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/creation.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/rules/transitions.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// The time of the last change moved past what was read before ours.
bool moved(const Request& request, const Account& now)
{
    if (!now.last_password_reset) return false;
    return !request.intent->reset_before || *now.last_password_reset > *request.intent->reset_before;
}

bool marked(const Request& request, const Account& now) { return now.marker == request.id.str(); }

asio::awaitable<Outcome<LogEvidence>> find_in_log(const Services& services, Request request)
{
    SentChange sent{request.id, request.intent->started_at, request.intent->last_send()};
    if (request.account) sent.account = request.account->id;
    co_return co_await services.accounts.find_in_log(std::move(sent));
}

// Where the passwords are in somebody else's database, the account's own times say nothing of them; where that could
// not be seen, perhaps.
bool tells_of_changes(const Request& request)
{
    for (const RiskNote& risk : request.risk_notes)
        if (risk.code == rules::risk_code::custom_database || risk.code == rules::risk_code::policy_unknown)
            return false;
    return true;
}

// The first look after a lost answer; later ones when Auth0 itself said that it failed, so that a few sends last for
// an outage of most of a minute.
std::chrono::seconds look_after(const Intent& intent)
{
    const int doublings = std::clamp(intent.answered - 1, 0, 3);
    return settle_after * (1 << doublings);
}

bool is_long_ago(const Services& services, const Request& request, std::chrono::minutes more = {})
{
    return services.clock.now() - request.intent->last_send() >= give_up_after + more;
}

// What may be answered when it is asked again.
bool passes(const Problem& problem)
{
    return problem.code == Errc::unavailable || problem.code == Errc::rate_limited || problem.code == Errc::unreachable;
}

// Only one of the two signs is there: the tenant's log decides.
asio::awaitable<Settlement> ask_the_log(const Services& services, Request request, Account now)
{
    const auto evidence = co_await find_in_log(services, request);
    if (evidence && *evidence == LogEvidence::found) co_return Settlement{std::move(now)};
    if (is_long_ago(services, request))
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

bool may_send_again(const Intent& intent, TimePoint now) noexcept
{
    return now - intent.started_at <= resend_within && intent.sends < sends_max && intent.sends - intent.answered < 2;
}

asio::awaitable<Settlement> settle_untouched(const Services& services, Request request)
{
    if (!is_long_ago(services, request)) co_return Settlement{Settlement::Kind::open};
    if (!tells_of_changes(request)) co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
    const auto evidence = co_await find_in_log(services, request);
    if (evidence && *evidence == LogEvidence::ruled_out)
        co_return Settlement{Settlement::Kind::ruled_out, "never_applied"};
    if (!evidence && passes(evidence.error()) && !is_long_ago(services, request, log_patience))
        co_return Settlement{Settlement::Kind::open};
    co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
}

asio::awaitable<Settlement> settle(const Services& services, Request request)
{
    if (request.creates_account()) co_return co_await settle_creation(services, std::move(request));
    const auto now = co_await services.accounts.read(request.account->id);
    if (!now)
    {
        if (now.error().code == Errc::not_found) co_return Settlement{Settlement::Kind::given_up, "account_gone"};
        if (is_long_ago(services, request)) co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
        co_return Settlement{Settlement::Kind::open};
    }
    if (moved(request, *now) && marked(request, *now)) co_return Settlement{*now};
    if (moved(request, *now) || marked(request, *now))
        co_return co_await ask_the_log(services, std::move(request), *now);
    // A block that was set or lifted meanwhile is somebody's decision, which a second send would undo; or it is what
    // is seen of our change.
    const bool same_block = now->blocked == request.intent->blocked_before;
    if (same_block && may_send_again(*request.intent, services.clock.now()))
        co_return Settlement{Settlement::Kind::send_again};
    if (same_block) co_return co_await settle_untouched(services, std::move(request));
    if (is_long_ago(services, request)) co_return Settlement{Settlement::Kind::given_up, "answer_lost"};
    co_return Settlement{Settlement::Kind::open};
}

asio::awaitable<JobResult> confirm(const Services& services, Job job, Request request, Account answered)
{
    auto seen = co_await services.accounts.read(answered.id);
    if (seen && (moved(request, *seen) || marked(request, *seen)))
    {
        // What is read now may be the owner's own change already; the answer is about ours (auth0/CONTRACT.md, "A
        // password of one's own").
        if (moved(request, answered)) seen->last_password_reset = answered.last_password_reset;
        co_return co_await prove(services, std::move(job), std::move(request), *seen);
    }
    if (moved(request, answered) || marked(request, answered))
        co_return co_await prove(services, std::move(job), std::move(request), answered);
    co_return co_await lose_answer(services, std::move(job), std::move(request));
}

asio::awaitable<JobResult> lose_answer(const Services& services, Job job, Request request)
{
    Transaction change{services.clock.now()};
    change.job = rules::end_of(job, JobEnd::postpone);
    change.job->due = change.at + look_after(*request.intent);
    change.job->error = "answer_lost";
    rules::advance(change, std::move(request), Event::lose_answer, system_actor);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> prove(const Services& services, Job job, Request request, Account now)
{
    Transaction change{services.clock.now()};
    add_after_care(change, request, now, services.settings.after_change);
    if (!request.account) request.account.emplace(now);
    request.account->last_password_reset = now.last_password_reset;
    rules::make_ready(change, request, change.at + services.settings.password.reveal_within);
    if (request.intent->blocked_before && !now.blocked) rules::add_reblock(change, request);
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::prove, system_actor);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> give_up(const Services& services, Job job, Request request, std::string ending)
{
    Transaction change{services.clock.now()};
    request.ending = std::move(ending);
    // A change that may have been applied may also have cleared the block.
    if (request.intent->blocked_before) rules::add_reblock(change, request);
    change.job = rules::end_of(job, JobEnd::finish);
    rules::advance(change, std::move(request), Event::give_up, system_actor);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
