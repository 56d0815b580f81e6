#include "handlers/effects/still_waiting.hpp"

#include "handlers/checks/admission.hpp"
#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"

#include <algorithm>

namespace countersign::effects {

namespace asio = boost::asio;

std::optional<TimePoint> waits_since(const Request& request, TimePoint now)
{
    switch (request.state)
    {
    case State::looking_up: return request.updated_at;
    case State::approved:
    case State::executing:
    case State::checking: break;
    default: return std::nullopt;
    }
    if (!request.decision) return std::nullopt;
    const TimePoint from = std::max(request.decision->at, request.change_from.value_or(request.decision->at));
    if (now < from) return std::nullopt;  // it cools
    return from;
}

asio::awaitable<JobResult> say_still_waiting(const Services& services, Job job)
{
    const auto request = co_await services.store.find_request(*job.request);
    Transaction change{services.clock.now()};
    const auto since = request ? waits_since(*request, change.at) : std::nullopt;
    if (!since) co_return co_await finish(services, std::move(job));
    if (change.at < *since + rules::said_to_wait_after)
    {
        // It began anew meanwhile.
        const auto rest = std::chrono::ceil<std::chrono::seconds>(*since + rules::said_to_wait_after - change.at);
        co_return JobResult::postpone(rest, "not_long_yet");
    }
    const bool is_look_up = request->state == State::looking_up;
    // A freeze holds it, and says so itself.
    const auto held = co_await checks::frozen(services);
    if (held && !is_look_up) co_return co_await finish(services, std::move(job));

    const auto draw = [&](std::string_view kind) {
        NewJob drawn = rules::request_job(kind, request->id, change.at);
        drawn.payload = std::string{rules::draw_waiting};
        change.jobs.push_back(std::move(drawn));
    };
    if (request->asked) draw(job_kind::card);
    if (request->reply || (is_look_up && request->in_modal)) draw(job_kind::answer);
    change.job = rules::end_of(job, JobEnd::finish);
    co_return co_await commit(services, std::move(change));
}

}  // namespace countersign::effects
