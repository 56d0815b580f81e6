#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <optional>

// A requester whose direct messages Slack refuses: without the bot's messages tab, or without the person.
namespace countersign::effects {

// A definite no of Slack, whether or not somebody can mend it.
bool is_refusal(const Problem& problem) noexcept;

// Tells how the request ended, with the button that shows the password once: by the requester's private line, while
// that can be reached, and in their Home. Once for each state; the direct message is tried on, if it can ever arrive.
// `post` is the one that `problem` refused.
boost::asio::awaitable<JobResult> tell_otherwise(const Services& services, Job job, Post post, Problem problem);

// The person has the button only now: the time to press it begins anew, however often a message has to be posted again
// for at most message_arrives_within. nullopt: nothing waits to be shown.
std::optional<Request> with_time_to_show(const Request& request, const Settings& settings, TimePoint now);

}  // namespace countersign::effects
