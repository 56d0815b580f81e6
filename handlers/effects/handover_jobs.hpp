#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>
#include <string_view>

namespace countersign::effects {

// Nobody pressed in time: the password is destroyed.
boost::asio::awaitable<JobResult> expire_handover(const Services& services, Job job);

// A process died between a press and its record. The first time it may have been shown, so it counts as shown; in a
// window that was opened again nothing is left, and what was shown before may be opened once more.
boost::asio::awaitable<JobResult> settle_handover(const Services& services, Job job);

// Puts the spelling into the window that shows the password, if that is still open.
boost::asio::awaitable<JobResult> spell_handover(const Services& services, Job job);

// Its time is over: destroys the password, then empties each of its windows.
boost::asio::awaitable<JobResult> close_handover(const Services& services, Job job);

// Such a job is given up: the password is destroyed, whatever else failed.
bool is_handover_job(std::string_view kind) noexcept;
boost::asio::awaitable<JobResult> end_handover(const Services& services, Job job, std::string why);

}  // namespace countersign::effects
