#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/model/job_payload.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Publishes one person's Home, unless it shows that already.
boost::asio::awaitable<JobResult> publish_home(const Services& services, Job job, HomeOf home);

// Has the Home of everybody who opened it lately looked at again.
boost::asio::awaitable<JobResult> refresh_homes(const Services& services, Job job);

}  // namespace countersign::effects
