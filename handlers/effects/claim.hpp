#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/effects/private_words.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// The job that settles the press of Approve whose claim was stored at `at`. `by`: who pressed, and where they are told
// what becomes of it; without text. Those of one request run in the order of pressing.
NewJob claim_job(const RequestId& request, const Note& by, TimePoint at);

// Asks Slack whether the press counts: P3. What counts is recorded as an approval, in the name of whoever pressed; what
// does not is taken back, with words for them, and the request is as it was before the press. While Slack cannot be
// asked it ends half a minute after the press, or with the call that is under way then, and never before it has asked
// once.
boost::asio::awaitable<JobResult> settle_claim(const Services& services, Job job);

// Takes back, within `change`, the claim of such a job that was given up, with words for whoever pressed.
void add_lost_claim(Transaction& change, const Job& job, Request request);

}  // namespace countersign::effects
