#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Looks the account up and moves the request from looking_up to pending (approvers are asked), choosing (the requester
// is asked) or refused. No approver is asked in a channel that others read.
boost::asio::awaitable<JobResult> look_up(const Services& services, Job job);

}  // namespace countersign::effects
