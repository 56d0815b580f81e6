#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Puts the administrator's block back that Auth0 clears with a password change.
boost::asio::awaitable<JobResult> reblock(Running running);

// The block could not be put back: recorded, with the messages that waited for it.
boost::asio::awaitable<JobResult> lose_reblock(Burial burial);

}  // namespace countersign::effects
