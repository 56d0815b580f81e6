#include "handlers/effects/reminders.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/effects/deliver.hpp"
#include "handlers/effects/say.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/reminders.hpp"

#include <charconv>

namespace countersign::effects {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::minutes look_again_when_frozen{10};

int number_of(const Job& job)
{
    int number = 0;
    std::from_chars(job.payload.data(), job.payload.data() + job.payload.size(), number);
    return number;
}

// A reminder that could not be said in its time, and after which there was another: one is enough.
bool is_overtaken(const Job& job, rules::ThreadLine line, const Request& request)
{
    return line != rules::ThreadLine::passed_on && request.reminded_at && job.created_at < *request.reminded_at;
}

}  // namespace

asio::awaitable<JobResult> remind(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->state != State::pending) co_return co_await finish(services, std::move(job));
    const auto held = co_await checks::frozen(services);
    if (held) co_return JobResult::postpone(look_again_when_frozen, "frozen");

    Transaction change{services.clock.now()};
    const bool was_lately = request->reminded_at && change.at < *request->reminded_at + rules::reminder_pause;
    if (was_lately) co_return JobResult::postpone(rules::reminder_pause, "reminded_lately");
    rules::add_reminder(change, *request, rules::ThreadLine::reminder, system_actor);
    auto next = rules::reminder_job(*request, number_of(job) + 1, services.settings.approval, change.at);
    if (next) change.jobs.push_back(std::move(*next));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> escalate(const Services& services, Job job)
{
    auto request = co_await services.store.find_request(*job.request);
    if (!request || request->state != State::pending || request->escalated_at)
        co_return co_await finish(services, std::move(job));
    Transaction change{services.clock.now()};
    request->escalated_at = change.at;
    change.audit.emplace_back("request_passed_on", system_actor, request->id);
    change.jobs.push_back(rules::request_job(job_kind::card, request->id, change.at));
    change.jobs.push_back(rules::thread_line_job(request->id, rules::ThreadLine::passed_on, change.at));
    rules::add_homes(change);
    change.job = rules::end_of(job, JobEnd::finish);
    change.update.emplace(std::move(*request));
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> begin_change(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->state != State::approved) co_return co_await finish(services, std::move(job));
    Transaction change{services.clock.now()};
    change.jobs.push_back(rules::request_job(job_kind::change, request->id, change.at));
    change.jobs.push_back(rules::still_waiting_job(request->id, change.at));
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

asio::awaitable<JobResult> say_in_thread(const Services& services, Job job)
{
    const auto line = rules::thread_line_named(job.payload);
    if (!line) co_return JobResult::bury(Problem{Errc::corrupt, "payload_corrupt"});
    const auto request = co_await services.store.find_request(*job.request);
    if (!request || request->state != State::pending) co_return co_await finish(services, std::move(job));
    if (is_overtaken(job, *line, *request)) co_return co_await finish(services, std::move(job));
    const auto standing = co_await look_for_card(services, *request);
    if (!standing) co_return JobResult::of_slack(standing.error());
    if (!standing->stands()) co_return co_await wait_for_card(services, std::move(job), standing->is_gone);

    slack::Message message = views::thread_line(*request, *line, services.settings);
    Spot below{*standing->card->channel, standing->card->ts};
    std::string uuid = "line-" + std::to_string(job.id);
    const auto said = co_await say(services, job, std::move(below), std::move(message), std::move(uuid));
    if (!said) co_return JobResult::of_slack(said.error());
    co_return co_await finish(services, std::move(job));
}

}  // namespace countersign::effects
