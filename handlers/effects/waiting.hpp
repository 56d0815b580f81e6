#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign {

// A reminder that comes by itself: counts it, has it said under the card, and sets the next one, after twice the time.
boost::asio::awaitable<JobResult> remind(const Services& services, Job job);

// Passes on to the second group what was not decided in time: from now on its members may decide.
boost::asio::awaitable<JobResult> escalate(const Services& services, Job job);

// The end of the cooling delay: the change begins, unless the request was cancelled meanwhile.
boost::asio::awaitable<JobResult> begin_change(const Services& services, Job job);

// Says one line in the thread of a card. Reminders mention nobody: a thread shows them to whoever looks at the card,
// and who must act was told when it was posted. Passing on mentions the second group, once. A reminder whose answer was
// lost is not sent again.
boost::asio::awaitable<JobResult> say_in_thread(const Services& services, Job job);

}  // namespace countersign
