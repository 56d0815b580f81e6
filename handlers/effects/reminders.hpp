#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/model/job_payload.hpp"

namespace countersign::effects {

// A reminder that comes by itself: counts it, has it said under the card, and sets the next one, after twice the time.
boost::asio::awaitable<JobResult> remind(Running running, ReminderNumber which);

// Passes on to the second group what was not decided in time: from now on its members may decide.
boost::asio::awaitable<JobResult> escalate(Running running);

// Ends a request that nobody decided in time.
boost::asio::awaitable<JobResult> expire(Running running);

// The end of the cooling delay: the change begins, unless the request was cancelled meanwhile.
boost::asio::awaitable<JobResult> begin_change(Running running);

// Says one line in the thread of a card, which is known to be there, or is posted again first. A line is said once:
// where the answer was lost it is looked for. A reminder that comes after a later one is dropped.
boost::asio::awaitable<JobResult> say_in_thread(Running running, ThreadLine line);

// Half a minute after a look-up or a change began: has the card and the private line say so, if it still goes on. The
// request itself does not change by that.
boost::asio::awaitable<JobResult> say_still_waiting(Running running);

}  // namespace countersign::effects
