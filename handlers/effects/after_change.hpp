#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Does the step that the job is named after.
boost::asio::awaitable<JobResult> take_care(Running running);

// The step is given up: recorded as failed.
boost::asio::awaitable<JobResult> fail_step(Burial burial);

}  // namespace countersign::effects
