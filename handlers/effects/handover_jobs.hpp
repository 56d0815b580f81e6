#pragma once

#include "handlers/effects/running.hpp"

namespace countersign::effects {

// Nobody pressed in time: the password is destroyed.
boost::asio::awaitable<JobResult> expire_handover(Running running);

// A process died between a press and its record. The first time it may have been shown, so it counts as shown; in a
// window that was opened again nothing is left, and what was shown before may be opened once more.
boost::asio::awaitable<JobResult> settle_handover(Running running);

// Puts the spelling into the window that shows the password, if that is still open.
boost::asio::awaitable<JobResult> spell_handover(Running running);

// Its time is over: destroys the password, then empties each of its windows.
boost::asio::awaitable<JobResult> close_handover(Running running);

// Such a job is given up: the password is destroyed, whatever else failed.
boost::asio::awaitable<JobResult> end_handover(Burial burial);

}  // namespace countersign::effects
