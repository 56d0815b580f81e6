#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/model/job_payload.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Ends the freeze, if everybody who released it may do so by what Slack says now: P3. The release of somebody who lost
// the right lapses, and the freeze goes on. Tried for an hour while Slack cannot be asked.
boost::asio::awaitable<JobResult> finish_release(const Services& services, Job job, LastRelease release);

}  // namespace countersign::effects
