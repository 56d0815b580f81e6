#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// A reminder that comes by itself: counts it, has it said under the card, and sets the next one, after twice the time.
boost::asio::awaitable<JobResult> remind(const Services& services, Job job);

// Passes on to the second group what was not decided in time: from now on its members may decide.
boost::asio::awaitable<JobResult> escalate(const Services& services, Job job);

// The end of the cooling delay: the change begins, unless the request was cancelled meanwhile.
boost::asio::awaitable<JobResult> begin_change(const Services& services, Job job);

// Says one line in the thread of a card, which is known to be there, or is posted again first. A line is said once:
// where the answer was lost it is looked for. A reminder that comes after a later one is dropped.
boost::asio::awaitable<JobResult> say_in_thread(const Services& services, Job job);

}  // namespace countersign::effects
