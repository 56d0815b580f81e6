#include "handlers/effects/claim.hpp"

#include "handlers/checks/people.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/rules/same_person.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// --- what Slack says

struct Answers
{
    Outcome<Member> who = Problem{Errc::unavailable, "not_asked"};
    Outcome<ChannelSafety> channel = Problem{Errc::unavailable, "not_asked"};
};

asio::awaitable<void> ask_for_rights(const Services& services, SlackUserId who, Answers& answers)
{
    std::set<Role> deciding{Role::approver, Role::escalation};
    auto answer = co_await services.directory.fetch(std::move(who), std::move(deciding));
    answers.who = std::move(answer);
}

asio::awaitable<void> ask_for_channel(const Services& services, Answers& answers)
{
    auto answer = co_await services.directory.fetch_approvals_channel();
    answers.channel = std::move(answer);
}

// Both at the same moment: a person waits. Each call ends by itself, within seconds.
asio::awaitable<Answers> ask_slack(const Services& services, SlackUserId who)
{
    Answers answers;
    const auto executor = co_await asio::this_coro::executor;
    auto both = asio::experimental::make_parallel_group(
        asio::co_spawn(executor, ask_for_rights(services, std::move(who), answers), asio::deferred),
        asio::co_spawn(executor, ask_for_channel(services, answers), asio::deferred));
    co_await both.async_wait(asio::experimental::wait_for_all{}, asio::as_tuple(asio::use_awaitable));
    co_return answers;
}

rules::ClaimFacts facts_of(
    const Services& services, const Request& request, const Decision& claim, Answers answers, const FreezeSwitch& held)
{
    rules::ClaimFacts facts{std::move(answers.who), std::move(answers.channel), services.clock.now()};
    facts.is_frozen = held.freeze.has_value();
    facts.check = services.settings.approval.own_account_check;
    // Known for certain only now that Slack was asked about whoever pressed.
    People people;
    checks::remember(people, services.directory, claim.by);
    checks::remember(people, services.directory, request.requester);
    checks::remember(people, services.directory, request.approvals);
    facts.is_requester = rules::may_be_one(people, claim.by, request.requester);
    facts.approved_before = rules::may_be_among(people, request.approvals, claim.by);
    return facts;
}

// --- what becomes of it

std::string words_of(const rules::ClaimVerdict& verdict, const Request& request, const FreezeSwitch& held)
{
    switch (verdict.end)
    {
    case rules::ClaimEnd::overtaken:
        // Not among the claims of a request that waits: it was given up.
        if (request.state == State::pending) return views::approval_not_checked(rules::Denial::rights_unknown);
        return views::decided_already(request);
    case rules::ClaimEnd::frozen: return views::nothing_while_frozen(views::frozen(*held.freeze));
    case rules::ClaimEnd::repeated: return views::approved_before();
    case rules::ClaimEnd::denied: return views::not_allowed_to_decide(*verdict.denial);
    case rules::ClaimEnd::unanswered: return views::approval_not_checked(*verdict.denial);
    case rules::ClaimEnd::counts:
    case rules::ClaimEnd::waits: break;
    }
    return {};
}

// The request as it was before the press, and words for whoever pressed.
void take_back(Transaction& change, Request request, ClaimPress press, std::string_view why, std::string words)
{
    AuditEvent row{"approval_claim_ended", press.claim.by.str(), request.id};
    row.details.emplace_back("why", std::string{why});
    change.audit.push_back(std::move(row));
    press.by.text = std::move(words);
    change.jobs.push_back(rules::note_job(press.by, change.at));
    if (!rules::holds_claim(request, press.claim)) return;
    change.jobs.push_back(rules::request_job(job_kind::card, request.id, change.at));
    rules::drop_claim(request, press.claim);
    change.update.emplace(std::move(request));
}

// An approval that counts, and what follows from it.
void add_approval(Transaction& change, Request request, const Decision& claim, const SlackUserId& by)
{
    rules::drop_claim(request, claim);
    const Decision approval{by, claim.at};
    request.approvals.push_back(approval);
    const auto needed = static_cast<std::size_t>(std::max(request.approvals_needed, 1));
    const bool is_complete = request.approvals.size() >= needed;
    if (is_complete)
    {
        request.decision = approval;
        if (request.cooling > std::chrono::seconds{0})
        {
            // From now on it can be seen, and objected to.
            request.change_from = change.at + request.cooling;
            change.jobs.push_back(rules::request_job(job_kind::begin_change, request.id, *request.change_from));
            // The private line says until when it can be cancelled.
            if (request.reply) change.jobs.push_back(rules::request_job(job_kind::answer, request.id, change.at));
        }
        else
        {
            change.jobs.push_back(rules::request_job(job_kind::change, request.id, change.at));
            change.jobs.push_back(rules::still_waiting_job(request.id, change.at));
        }
    }
    const Event event = is_complete ? Event::approve : Event::endorse;
    rules::advance(change, std::move(request), event, by.str());
}

asio::awaitable<JobResult> look_again(Running running, Decision claim, Problem problem)
{
    Transaction change = running.ending(JobEnd::retry);
    change.job->due = rules::next_try(claim, running.job.attempts, change.at);
    change.job->error = problem.reason;
    co_return co_await commit(running.services, std::move(change));
}

asio::awaitable<JobResult> settle(Running running, ClaimPress press, Answers answers)
{
    const Services& services = running.services;
    const Request& request = running.request;
    const auto held = co_await services.store.find_freeze();
    rules::ClaimFacts facts = facts_of(services, request, press.claim, answers, held);
    facts.tries = running.job.attempts;
    const rules::ClaimVerdict verdict = rules::judge(request, press.claim, facts);
    if (verdict.end == rules::ClaimEnd::waits)
    {
        Problem problem = answers.who ? answers.channel.error() : answers.who.error();
        co_return co_await look_again(std::move(running), press.claim, std::move(problem));
    }
    Transaction change = running.ending();
    change.at = facts.now;
    if (verdict.end == rules::ClaimEnd::counts)
    {
        // Frozen since then: it is looked at again.
        change.unless_frozen = true;
        Request approved = request;
        rules::note_unchecked(approved, Result<Member>{*answers.who}, facts.check);
        add_approval(change, std::move(approved), press.claim, services.directory.identity(press.claim.by));
    }
    else
        take_back(change, request, std::move(press), name_of(verdict), words_of(verdict, request, held));
    co_return co_await commit(services, std::move(change));
}

}  // namespace

asio::awaitable<JobResult> settle_claim(Running running, ClaimPress press)
{
    Answers answers;
    // Overtaken already: there is nothing to ask.
    if (rules::holds_claim(running.request, press.claim))
    {
        auto asked = co_await ask_slack(running.services, press.claim.by);
        answers = std::move(asked);
        auto latest = co_await running.services.store.find_request(running.request.id);
        if (!latest) co_return co_await finish(std::move(running));
        running.request = std::move(*latest);
    }
    co_return co_await settle(std::move(running), std::move(press), std::move(answers));
}

asio::awaitable<JobResult> lose_claim(Burial burial)
{
    Transaction& change = burial.change;
    Request& request = burial.running.request;
    auto press = payload_from<ClaimPress>(burial.running.job.payload);
    if (press && rules::holds_claim(request, press->claim))
    {
        std::string words = views::approval_not_checked(rules::Denial::rights_unknown);
        take_back(change, std::move(request), std::move(*press), "given_up", std::move(words));
    }
    // Nobody knows whose it was: none of them is left to wait for ever.
    else if (!press && !request.claims.empty())
    {
        request.claims.clear();
        change.jobs.push_back(rules::request_job(job_kind::card, request.id, change.at));
        change.update.emplace(std::move(request));
    }
    co_return co_await commit(burial.running.services, std::move(change));
}

}  // namespace countersign::effects
