#pragma once

#include "handlers/effects/burial.hpp"

namespace countersign::effects {

// The steps that this change needs, each with its job, before its outcome is written: `request` as it was, `now` the
// account after the change. They run one after the other, first what anybody could still get in with.
void add_after_care(Transaction& change, Request& request, const Account& now, const AfterCareSettings& settings);

// Does the step that the job is named after.
boost::asio::awaitable<JobResult> take_care(Running running);

// The step is given up: recorded as failed.
boost::asio::awaitable<JobResult> fail_step(Burial burial);

}  // namespace countersign::effects
