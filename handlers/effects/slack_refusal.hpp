#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/model/job_payload.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Tells people of it, once: in the approvals channel, or in the audit channel when the approvals channel itself is what
// is refused.
boost::asio::awaitable<JobResult> tell_refusal(const Services& services, Job job, SlackRefusal refusal);

}  // namespace countersign::effects
