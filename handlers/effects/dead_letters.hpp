#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>
#include <string_view>

namespace countersign::effects {

// Ends a job for which nothing more is tried, and with it what it stood for: the request fails, or people are told
// what they did not get. Every dead letter has its audit row, and a message to the requester and the audit channel.
boost::asio::awaitable<JobResult> bury(const Services& services, Job job, std::string why);

// Has people told, and keeps in `request`, that `job` was given up. What of one request is given up within half a
// minute is told in one message.
void add_trouble(Transaction& change, Request& request, const Job& job);

// Sends it.
boost::asio::awaitable<JobResult> tell_trouble(const Services& services, Job job);

}  // namespace countersign::effects
