#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/model/job_payload.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Announces a freeze or a release in one channel. After a lost answer it is sent again: twice is better than never.
boost::asio::awaitable<JobResult> announce_freeze(const Services& services, Job job, FreezeTelling telling);

// Has every card that waits drawn again: whether anything is frozen stands on it.
boost::asio::awaitable<JobResult> redraw_cards(const Services& services, Job job);

}  // namespace countersign::effects
