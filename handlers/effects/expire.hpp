#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Ends a request that nobody decided in time.
boost::asio::awaitable<JobResult> expire(Running running);

}  // namespace countersign::effects
