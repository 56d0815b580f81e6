#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Looks the account up and moves the request from looking_up to pending (approvers are asked), choosing (the requester
// is asked) or refused. No approver is asked in a channel that others read.
boost::asio::awaitable<JobResult> look_up(Running running);

}  // namespace countersign::effects
