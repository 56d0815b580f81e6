#pragma once

#include "handlers/model/job.hpp"
#include "handlers/model/job_kind.hpp"
#include "handlers/model/job_payload.hpp"

#include <chrono>
#include <string>
#include <string_view>

// The jobs that follow from what happens. What each does is said in handlers/effects.
namespace countersign::rules {

// A job of a request, in the lane of that request and kind: one at a time, in order.
NewJob request_job(std::string_view kind, const RequestId& request, TimePoint due);

// Draws the card, or the requester's line, for another reason than a new version of the request.
NewJob redraw_job(std::string_view kind, const RequestId& request, Redraw why, TimePoint due);

// Has Slack asked whether the card can still be read; one that is gone is posted again.
NewJob card_check(const RequestId& request, TimePoint due);

// How long people wait for Auth0 before they are told that they wait for it.
inline constexpr std::chrono::seconds said_to_wait_after{30};
// Says so, unless the request has moved on by then.
NewJob still_waiting_job(const RequestId& request, TimePoint begun);

NewJob note_job(const Note& note, TimePoint due);

// Settles the press of Approve whose claim was stored at `at`. `by`: who pressed, and where they are told what becomes
// of it; without text. Those of one request run in the order of pressing.
NewJob claim_job(const RequestId& request, const Note& by, TimePoint at);

NewJob release_job(const LastRelease& release, TimePoint due);

// Publishes somebody's Home.
NewJob home_job(const SlackUserId& user, TimePoint due);

// Tells people what Slack refuses, once.
NewJob slack_refusal_job(const SlackRefusal& refusal, TimePoint due);

// Ends `job` within a change.
JobStep end_of(const Job& job, JobEnd end);

}  // namespace countersign::rules
