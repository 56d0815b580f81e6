#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Half a minute after a look-up or a change began: has the card and the private line say so, if it still goes on. The
// request itself does not change by that.
boost::asio::awaitable<JobResult> say_still_waiting(Running running);

}  // namespace countersign::effects
