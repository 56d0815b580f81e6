#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/model/job_payload.hpp"

#include <string>

namespace countersign::effects {

// Ends a job for which nothing more is tried, and with it what it stood for, as the row of its kind says. Every dead
// letter has its audit row.
boost::asio::awaitable<JobResult> bury(const Services& services, Job job, std::string why);

// --- what the rows say: each commits the burial

// A message goes to the requester and to the audit channel: something was given up.
boost::asio::awaitable<JobResult> tell_people(Burial burial);
// Nobody waited for it, or it itself tells of something that was given up.
boost::asio::awaitable<JobResult> tell_nobody(Burial burial);
// The request fails, or its answer is lost; where it has moved on, people are told.
boost::asio::awaitable<JobResult> lose_look_up(Burial burial);
boost::asio::awaitable<JobResult> lose_card(Burial burial);
boost::asio::awaitable<JobResult> lose_begin(Burial burial);
boost::asio::awaitable<JobResult> lose_change(Burial burial);

// Has people told, and keeps in the request, that the job was given up. What of one request is given up within half a
// minute is told in one message.
void add_trouble(Burial& burial);

// Sends that message.
boost::asio::awaitable<JobResult> tell_trouble(Running running, GivenUpJob given_up);

}  // namespace countersign::effects
