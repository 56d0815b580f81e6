#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>

namespace countersign::effects {

// Something that Slack refuses to the bot, for longer than a moment, and that somebody can mend.
struct SlackRefusal
{
    std::string what;    // a name of bot/slack/refusals: "audit_channel"
    std::string reason;  // Slack's error code
    TimePoint since;
};

// Tells people of it, once: in the approvals channel, or in the audit channel when the approvals channel itself is what
// is refused.
NewJob slack_refusal_job(const SlackRefusal& refusal, TimePoint due);
boost::asio::awaitable<JobResult> tell_refusal(const Services& services, Job job);

}  // namespace countersign::effects
