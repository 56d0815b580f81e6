#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <optional>

namespace countersign::effects {

// Since when the request waits for Auth0; nullopt: it does not, at this moment.
std::optional<TimePoint> waits_since(const Request& request, TimePoint now);

// Half a minute after a look-up or a change began: has the card and the private line say so, if it still goes on. The
// request itself does not change by that.
boost::asio::awaitable<JobResult> say_still_waiting(const Services& services, Job job);

}  // namespace countersign::effects
