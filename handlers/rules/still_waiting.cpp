#include "handlers/rules/still_waiting.hpp"

#include "handlers/rules/jobs.hpp"

#include <algorithm>

namespace countersign::rules {

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

JobDecision still_waiting(const Request& request, bool is_frozen, TimePoint now)
{
    const auto since = waits_since(request, now);
    if (!since) return Done{};
    const TimePoint told_from = *since + said_to_wait_after;
    // The wait may have begun again since the job was made.
    if (now < told_from) return Later{std::chrono::ceil<std::chrono::seconds>(told_from - now), "not_long_yet"};
    const bool is_look_up = request.state == State::looking_up;
    if (is_frozen && !is_look_up) return Done{};

    Transaction change{now};
    const auto draw = [&](std::string_view kind) {
        change.jobs.push_back(redraw_job(kind, request.id, Redraw::as_waiting, now));
    };
    if (request.asked) draw(job_kind::card);
    if (request.reply || (is_look_up && request.in_modal)) draw(job_kind::answer);
    return change;
}

}  // namespace countersign::rules
