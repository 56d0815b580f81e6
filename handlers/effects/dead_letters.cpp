#include "handlers/effects/dead_letters.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/after_change.hpp"
#include "handlers/effects/claim.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/handover_jobs.hpp"
#include "handlers/effects/reblock.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/outcome.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

AuditEvent burial(const Job& job, const std::string& why)
{
    AuditEvent row{"job_buried", system_actor, job.request};
    row.details.emplace_back("kind", job.kind);
    row.details.emplace_back("error", why);
    return row;
}

// What the end of a job means for the state of its request.
std::optional<Event> event_of(const Job& job, const Request& request, bool has_card)
{
    if (job.kind == job_kind::look_up && request.state == State::looking_up) return Event::reject;
    // Nobody can decide what nobody sees; left open, it would also keep the account from being asked for again.
    if (job.kind == job_kind::card && request.state == State::pending && !has_card) return Event::reject;
    if (job.kind == job_kind::begin_change && request.state == State::approved) return Event::reject;
    if (job.kind != job_kind::change) return std::nullopt;
    if (request.state == State::approved) return Event::reject;
    // A link changes nothing, and has no intent.
    if (request.state == State::executing && (!request.intent || request.intent->sends == 0)) return Event::reject;
    if (request.state == State::executing) return Event::lose_answer;
    if (request.state == State::checking) return Event::give_up;
    return std::nullopt;
}

// The ending that people read: the reason if there are words for it, else what it means.
Ending ending_of(const Job& job, Event event, const std::string& why)
{
    if (job.kind == job_kind::card) return Ending::card_not_posted;
    if (event == Event::give_up) return Ending::answer_lost;
    return ending_named(why).value_or(Ending::auth0_unreachable);
}

// What nobody waited for, or what itself tells of something that was given up, is not told.
bool is_told(std::string_view kind)
{
    return kind != job_kind::trouble && kind != job_kind::note && kind != job_kind::still_waiting;
}

// What fails for one cause fails within this time, and is told in one message.
constexpr std::chrono::seconds told_together_within{30};

// A request whose row cannot be read must not keep its job alive for ever.
asio::awaitable<std::optional<Request>> readable_request(const Services& services, Job job)
{
    if (!job.request) co_return std::nullopt;
    try
    {
        co_return co_await services.store.find_request(*job.request);
    }
    catch (const boost::system::system_error& unreadable)
    {
        log::error("request_unreadable", {{"request_id", *job.request}, {"error", unreadable.what()}});
    }
    co_return std::nullopt;
}

}  // namespace

namespace {

// Where the message goes: its lane is the address, its payload the kind of the job that died.
NewJob trouble_job(const Job& job, std::string_view address, TimePoint now)
{
    NewJob note{
        std::string{job_kind::trouble}, job.request->str() + "/trouble/" + std::string{address},
        now + told_together_within, job.request};
    note.payload = std::string{address} + ":" + job.kind;
    note.coalesce = true;
    return note;
}

}  // namespace

void add_trouble(Transaction& change, Request& request, const Job& job)
{
    auto& kinds = request.given_up;
    if (std::find(kinds.begin(), kinds.end(), job.kind) == kinds.end()) kinds.push_back(job.kind);
    // Not by the way that failed.
    if (job.kind != job_kind::requester_dm) change.jobs.push_back(trouble_job(job, "requester", change.at));
    if (job.kind != job_kind::announce) change.jobs.push_back(trouble_job(job, "audit", change.at));
}

asio::awaitable<JobResult> bury(const Services& services, Job job, std::string why)
{
    log::error(
        "job_buried",
        {{"job", job.id},
         {"kind", job.kind},
         {"error", why},
         {"request_id", job.request ? job.request->str() : std::string{}}});
    Transaction change{services.clock.now()};
    change.job = rules::end_of(job, JobEnd::bury);
    change.job->error = why;
    change.audit.push_back(burial(job, why));

    auto request = co_await readable_request(services, job);
    if (!request) co_return co_await commit(services, std::move(change));
    if (is_after_care(job.kind))
        co_return co_await end_care(services, std::move(job), AfterChange::failed, std::move(why));
    if (is_handover_job(job.kind)) co_return co_await end_handover(services, std::move(job), std::move(why));
    if (job.kind == job_kind::claim)
    {
        add_lost_claim(change, job, std::move(*request));
        co_return co_await commit(services, std::move(change));
    }
    if (job.kind == job_kind::reblock && request->reblock == AfterChange::waiting)
        co_return co_await end_reblock(services, std::move(job), std::move(*request), AfterChange::failed);

    const auto card = co_await services.store.find_post(request->id, PostKind::card);
    if (const auto event = event_of(job, *request, card && card->ts))
    {
        request->ending = ending_of(job, *event, why);
        if (*event == Event::give_up && request->intent->blocked_before) rules::add_reblock(change, *request);
        if (job.kind == job_kind::look_up)
            change.jobs.push_back(rules::request_job(job_kind::answer, request->id, change.at));
        if (*event == Event::lose_answer)
            change.jobs.push_back(rules::request_job(job_kind::change, request->id, change.at));
        rules::advance(change, std::move(*request), *event, system_actor);
    }
    else if (is_told(job.kind))
    {
        add_trouble(change, *request, job);
        change.update.emplace(std::move(*request));
    }
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> tell_trouble(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request) co_return co_await finish(services, std::move(job));
    const auto colon = job.payload.find(':');
    const bool to_audit = job.payload.substr(0, colon) == "audit";
    auto kinds = request->given_up;
    const std::string kind = job.payload.substr(colon + 1);
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    std::optional<ChannelId> channel = services.settings.audit;
    if (!to_audit)
    {
        const auto dm = co_await services.slack.open_dm(request->requester);
        if (!dm) co_return JobResult::of_slack(dm.error());
        channel = *dm;
    }
    slack::Message message = views::trouble(*request, kinds, to_audit);
    Spot spot{*channel};
    std::string uuid = "trouble-" + std::to_string(job.id);
    const auto sent = co_await say(services, job, std::move(spot), std::move(message), std::move(uuid));
    if (!sent) co_return JobResult::of_slack(sent.error());
    co_return co_await finish(services, std::move(job));
}

}  // namespace countersign::effects
