#pragma once

#include "handlers/model/job.hpp"
#include "handlers/model/job_kind.hpp"

#include <string>
#include <string_view>

namespace countersign::rules {

// A job of a request, in the lane of that request and kind: one at a time, in order.
inline NewJob request_job(std::string_view kind, const RequestId& request, TimePoint due)
{
    return NewJob{std::string{kind}, request.str() + "/" + std::string{kind}, due, request};
}

// A `card` job draws only a new version of the request; with this payload it draws in any case.
inline constexpr std::string_view draw_again = "again";
// With this payload a `card` or `answer` job also tells people that they wait for Auth0.
inline constexpr std::string_view draw_waiting = "waiting";

// Makes the job that asks Slack whether the card is still there, and posts it again if not.
inline NewJob card_check(const RequestId& request, TimePoint due)
{
    NewJob job = request_job(job_kind::card, request, due);
    job.payload = std::string{draw_again};
    job.coalesce = true;
    return job;
}

// How long people wait for Auth0 before they are told that they wait for it.
inline constexpr std::chrono::seconds said_to_wait_after{30};

// Makes the job that tells them, unless the request has moved on by then.
inline NewJob still_waiting_job(const RequestId& request, TimePoint begun)
{
    NewJob job = request_job(job_kind::still_waiting, request, begun + said_to_wait_after);
    job.coalesce = true;
    return job;
}

// Ends `job` within a change.
inline JobStep end_of(const Job& job, JobEnd end) { return JobStep{job.id, job.epoch, end, {}, {}}; }

}  // namespace countersign::rules
