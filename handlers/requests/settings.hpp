#pragma once

#include "handlers/core/strong_id.hpp"

#include <chrono>
#include <set>
#include <string>

namespace countersign {

// What the operator decides about requests (the configuration's part that the handlers need).
struct Settings
{
    Settings(std::set<SlackTeamId> teams_, ChannelId approvals_, ChannelId audit_)
        : teams{std::move(teams_)},
          approvals{std::move(approvals_)},
          audit{std::move(audit_)}
    {}

    std::set<SlackTeamId> teams;  // the workspaces that are served
    ChannelId approvals;
    ChannelId audit;
    std::chrono::seconds expires_after{std::chrono::hours{4}};
    std::string usual_connection = "Username-Password-Authentication";
};

}  // namespace countersign
