#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>
#include <string_view>

namespace countersign {

// Ends a job for which nothing more is tried, and with it what it stood for: the request fails, or people are told
// what they did not get. Every dead letter has its audit row, and a message to the requester and the audit channel.
boost::asio::awaitable<JobResult> bury(const Services& services, Job job, std::string why);

// Such a message about `job`, to "requester" or "audit".
NewJob trouble_job(const Job& job, std::string_view address, TimePoint now);

// Sends it.
boost::asio::awaitable<JobResult> tell_trouble(const Services& services, Job job);

}  // namespace countersign
