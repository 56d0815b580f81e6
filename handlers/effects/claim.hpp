#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/model/job_payload.hpp"

namespace countersign::effects {

// Asks Slack whether the press counts: P3. What counts is recorded as an approval, in the name of whoever pressed; what
// does not is taken back, with words for them, and the request is as it was before the press. While Slack cannot be
// asked it ends half a minute after the press, or with the call that is under way then, and never before it has asked
// once.
boost::asio::awaitable<JobResult> settle_claim(Running running, ClaimPress press);

// Takes the claim of such a job back that was given up, with words for whoever pressed.
boost::asio::awaitable<JobResult> lose_claim(Burial burial);

}  // namespace countersign::effects
