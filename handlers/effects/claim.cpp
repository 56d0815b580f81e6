#include "handlers/effects/claim.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/model/stored.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/not_now.hpp"
#include "handlers/views/notes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

// A press, as its job carries it.
struct Press
{
    Press(Note by_, TimePoint at) : claim{by_.user, at}, by{std::move(by_)} {}

    Decision claim;
    Note by;
};

Result<Press> press_of(const Job& job)
{
    const auto parsed = stored::parse(job.payload);
    if (!parsed) return parsed.error();
    const JsonReader fields{*parsed};
    const TimePoint at = fields.time("at");
    Job carrier;
    carrier.payload = fields.text("by");
    auto by = note_from(carrier);
    if (!fields.is_sound() || !by) return Errc::corrupt;
    return Press{std::move(*by), at};
}

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
    facts.is_requester = rules::may_be_one(services.directory, claim.by, request.requester);
    const auto& approvals = request.approvals;
    facts.approved_before = std::any_of(approvals.begin(), approvals.end(), [&](const Decision& approval) {
        return rules::may_be_one(services.directory, approval.by, claim.by);
    });
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
void take_back(Transaction& change, Request request, Press press, std::string_view why, std::string words)
{
    AuditEvent row{"approval_claim_ended", press.claim.by.str(), request.id};
    row.details.emplace_back("why", std::string{why});
    change.audit.push_back(std::move(row));
    press.by.text = std::move(words);
    change.jobs.push_back(note_job(press.by, change.at));
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

asio::awaitable<JobResult> look_again(const Services& services, Job job, Decision claim, Problem problem)
{
    Transaction change{services.clock.now()};
    change.job = rules::end_of(job, JobEnd::retry);
    change.job->due = rules::next_try(claim, job.attempts, change.at);
    change.job->error = problem.reason;
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> settle(const Services& services, Job job, Press press, Answers answers)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request) co_return co_await finish(services, std::move(job));
    const auto held = co_await services.store.find_freeze();
    rules::ClaimFacts facts = facts_of(services, *request, press.claim, answers, held);
    facts.tries = job.attempts;
    const rules::ClaimVerdict verdict = rules::judge(*request, press.claim, facts);
    if (verdict.end == rules::ClaimEnd::waits)
    {
        Problem problem = answers.who ? answers.channel.error() : answers.who.error();
        co_return co_await look_again(services, std::move(job), press.claim, std::move(problem));
    }
    Transaction change{facts.now};
    change.job = rules::end_of(job, JobEnd::finish);
    if (verdict.end == rules::ClaimEnd::counts)
    {
        // Frozen since then: it is looked at again.
        change.unless_frozen = true;
        Request approved = *request;
        rules::note_unchecked(approved, Result<Member>{*answers.who}, facts.check);
        add_approval(change, std::move(approved), press.claim, services.directory.identity(press.claim.by));
    }
    else
        take_back(change, *request, std::move(press), name_of(verdict), words_of(verdict, *request, held));
    co_return co_await commit(services, std::move(change));
}

}  // namespace

NewJob claim_job(const RequestId& request, const Note& by, TimePoint at)
{
    json::object payload;
    payload["by"] = stored::text_of(note_job(by, at).payload);
    stored::put(payload, "at", at);
    NewJob job = rules::request_job(job_kind::claim, request, at);
    job.payload = json::serialize(payload);
    return job;
}

asio::awaitable<JobResult> settle_claim(const Services& services, Job job)
{
    auto press = press_of(job);
    if (!press) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
    const auto request = co_await services.store.find_request(*job.request);
    Answers answers;
    // Overtaken already: there is nothing to ask.
    if (request && rules::holds_claim(*request, press->claim))
    {
        auto asked = co_await ask_slack(services, press->claim.by);
        answers = std::move(asked);
    }
    co_return co_await settle(services, std::move(job), std::move(*press), std::move(answers));
}

void add_lost_claim(Transaction& change, const Job& job, Request request)
{
    auto press = press_of(job);
    if (press)
    {
        if (rules::holds_claim(request, press->claim))
            take_back(
                change, std::move(request), std::move(*press), "given_up",
                views::approval_not_checked(rules::Denial::rights_unknown));
        return;
    }
    // Nobody knows whose it was: none of them is left to wait for ever.
    if (request.claims.empty()) return;
    request.claims.clear();
    change.jobs.push_back(rules::request_job(job_kind::card, request.id, change.at));
    change.update.emplace(std::move(request));
}

}  // namespace countersign::effects
