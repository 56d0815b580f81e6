#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Publishes one person's Home, unless it shows that already.
boost::asio::awaitable<JobResult> publish_home(const Services& services, Job job);

// Has the Home of everybody who opened it lately looked at again.
boost::asio::awaitable<JobResult> refresh_homes(const Services& services, Job job);

NewJob home_job(const SlackUserId& user, TimePoint due);

}  // namespace countersign::effects
