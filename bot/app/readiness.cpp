#include "bot/app/readiness.hpp"

namespace countersign {

namespace {

std::string channel_fault(const Circumstances& now)
{
    switch (now.channel)
    {
    case ChannelSafety::safe: return now.asks_for_channel ? "" : "approvals_channel_not_asked";
    case ChannelSafety::shared_outside: return "approvals_channel_shared";
    case ChannelSafety::open_to_workspace: return "approvals_channel_public";
    case ChannelSafety::archived: return "approvals_channel_archived";
    case ChannelSafety::unknown: return "approvals_channel_unknown";
    }
    return "approvals_channel_unknown";
}

// The cause before what follows from it.
std::string fault_of(const Circumstances& now)
{
    if (!now.store_is_healthy) return "store_not_writable";
    if (!now.clock_is_right) return "clock_off";
    if (!now.jobs_move) return "jobs_not_moving";
    if (now.access_is_lost) return "slack_access_lost";
    if (now.token_is_refused) return "slack_refuses_token";
    if (!now.is_introduced) return "slack_not_answering";
    if (!now.has_groups) return "directory_not_loaded";
    if (!now.has_asked_first) return "people_not_asked";
    if (!now.asks_for_rights) return "rights_not_asked";
    if (std::string fault = channel_fault(now); !fault.empty()) return fault;
    return now.refused.empty() ? std::string{} : "slack_refuses_" + now.refused;
}

}  // namespace

Readiness readiness_of(const Circumstances& now)
{
    Readiness readiness;
    readiness.fault = fault_of(now);
    if (!now.auth0_answers) readiness.degraded.emplace_back("auth0_not_answering");
    if (now.log_is_stuck) readiness.degraded.emplace_back("write_ahead_log_stuck");
    return readiness;
}

}  // namespace countersign
