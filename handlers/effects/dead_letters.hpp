#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>

namespace countersign {

// Ends a job for which nothing more is tried, and with it what it stood for: the request fails, or people are told
// what they did not get. Every dead letter has its audit row, and a message to the requester and the audit channel.
boost::asio::awaitable<JobResult> bury(const Services& services, Job job, std::string why);

// Within `change`: a message about `job` to the requester and one to the audit channel.
void add_trouble(Change& change, const Job& job);

// Sends such a message.
boost::asio::awaitable<JobResult> tell_trouble(const Services& services, Job job);

}  // namespace countersign
