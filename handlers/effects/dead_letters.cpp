#include "handlers/effects/dead_letters.hpp"

#include "handlers/core/log.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/job_handler.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/burials.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

// What fails for one cause fails within this time, and is told in one message.
constexpr std::chrono::seconds told_together_within{30};

AuditEvent burial_row(const Job& job, const std::string& why)
{
    AuditEvent row{"job_buried", system_actor, job.request};
    row.details.emplace_back("kind", job.kind);
    row.details.emplace_back("error", why);
    return row;
}

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

// Where the message goes: its lane is the address, its payload the kind of the job that died.
NewJob trouble_job(const Job& job, bool to_audit, TimePoint now)
{
    NewJob note{
        std::string{job_kind::trouble}, job.request->str() + "/trouble/" + (to_audit ? "audit" : "requester"),
        now + told_together_within, job.request};
    note.payload = to_payload(GivenUpJob{to_audit, job.kind});
    note.coalesce = true;
    return note;
}

// The reason that people read, if there are words for it.
Ending ending_of(const std::string& why) { return ending_named(why).value_or(Ending::auth0_unreachable); }

asio::awaitable<JobResult> move_by(Burial burial, Event event, Ending ending)
{
    Request& request = burial.running.request;
    request.ending = ending;
    rules::advance(burial.change, std::move(request), event, system_actor);
    co_return co_await commit(burial.running.services, std::move(burial.change));
}

}  // namespace

void add_trouble(Burial& burial)
{
    const Job& job = burial.running.job;
    Transaction& change = burial.change;
    auto& kinds = burial.running.request.given_up;
    if (std::find(kinds.begin(), kinds.end(), job.kind) == kinds.end()) kinds.push_back(job.kind);
    // Not by the way that failed.
    if (job.kind != job_kind::requester_dm) change.jobs.push_back(trouble_job(job, false, change.at));
    if (job.kind != job_kind::announce) change.jobs.push_back(trouble_job(job, true, change.at));
    change.update.emplace(burial.running.request);
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
    change.audit.push_back(burial_row(job, why));

    auto request = co_await readable_request(services, job);
    if (!request) co_return co_await commit(services, std::move(change));
    const JobHandler* handler = handler_of(job.kind);
    Running running{services, std::move(job), std::move(*request)};
    Burial burial{std::move(running), std::move(why), std::move(change)};
    if (handler == nullptr) co_return co_await tell_people(std::move(burial));
    co_return co_await handler->on_buried(std::move(burial));
}

asio::awaitable<JobResult> tell_nobody(Burial burial)
{
    co_return co_await commit(burial.running.services, std::move(burial.change));
}

asio::awaitable<JobResult> tell_people(Burial burial)
{
    add_trouble(burial);
    co_return co_await commit(burial.running.services, std::move(burial.change));
}

asio::awaitable<JobResult> lose_look_up(Burial burial)
{
    const auto event = rules::after_lost_look_up(burial.running.request);
    if (!event) co_return co_await tell_people(std::move(burial));
    Transaction& change = burial.change;
    change.jobs.push_back(rules::request_job(job_kind::answer, burial.running.request.id, change.at));
    const Ending ending = ending_of(burial.why);
    co_return co_await move_by(std::move(burial), *event, ending);
}

asio::awaitable<JobResult> lose_card(Burial burial)
{
    const auto card = co_await burial.running.services.store.find_post(burial.running.request.id, PostKind::card);
    const auto event = rules::after_lost_card(burial.running.request, card && card->ts);
    if (!event) co_return co_await tell_people(std::move(burial));
    co_return co_await move_by(std::move(burial), *event, Ending::card_not_posted);
}

asio::awaitable<JobResult> lose_begin(Burial burial)
{
    const auto event = rules::after_lost_begin(burial.running.request);
    if (!event) co_return co_await tell_people(std::move(burial));
    const Ending ending = ending_of(burial.why);
    co_return co_await move_by(std::move(burial), *event, ending);
}

asio::awaitable<JobResult> lose_change(Burial burial)
{
    Request& request = burial.running.request;
    const auto event = rules::after_lost_change(request);
    if (!event) co_return co_await tell_people(std::move(burial));
    const Ending ending = *event == Event::give_up ? Ending::answer_lost : ending_of(burial.why);
    if (*event == Event::give_up && request.intent->blocked_before) rules::add_reblock(burial.change, request);
    if (*event == Event::lose_answer)
        burial.change.jobs.push_back(rules::request_job(job_kind::change, request.id, burial.change.at));
    co_return co_await move_by(std::move(burial), *event, ending);
}

namespace {

std::vector<views::GivenUp> given_up_of(const Request& request, const std::string& newest)
{
    auto kinds = request.given_up;
    if (std::find(kinds.begin(), kinds.end(), newest) == kinds.end()) kinds.push_back(newest);
    std::vector<views::GivenUp> jobs;
    for (const std::string& kind : kinds)
    {
        const JobHandler* handler = handler_of(kind);
        jobs.push_back(handler ? handler->given_up : views::GivenUp{});
    }
    return jobs;
}

}  // namespace

asio::awaitable<JobResult> tell_trouble(Running running, GivenUpJob given_up)
{
    const Services& services = running.services;
    std::optional<ChannelId> channel = services.settings.audit;
    if (!given_up.to_audit)
    {
        const auto dm = co_await services.slack.open_dm(running.request.requester);
        if (!dm) co_return JobResult::of_slack(dm.error());
        channel = *dm;
    }
    slack::Message message =
        views::trouble(running.request, given_up_of(running.request, given_up.kind), given_up.to_audit);
    Spot spot{*channel};
    std::string uuid = "trouble-" + std::to_string(running.job.id);
    const auto sent = co_await say(services, running.job, std::move(spot), std::move(message), std::move(uuid));
    if (!sent) co_return JobResult::of_slack(sent.error());
    co_return co_await finish(std::move(running));
}

}  // namespace countersign::effects
