#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>
#include <string_view>

namespace countersign {

// Nobody pressed in time: the password is destroyed.
boost::asio::awaitable<JobResult> expire_handover(const Services& services, Job job);

// A process died between a press and its record: it may have been shown, so it counts as shown.
boost::asio::awaitable<JobResult> settle_handover(const Services& services, Job job);

// Puts the spelling into the modal, if that is still open.
boost::asio::awaitable<JobResult> spell_handover(const Services& services, Job job);

// The modal has been open long enough: destroys the password, then empties the modal.
boost::asio::awaitable<JobResult> close_handover(const Services& services, Job job);

// Such a job is given up: the password is destroyed, whatever else failed.
bool is_handover_job(std::string_view kind) noexcept;
boost::asio::awaitable<JobResult> end_handover(const Services& services, Job job, std::string why);

}  // namespace countersign
