#pragma once

#include "handlers/actions/perform.hpp"

#include <string>

namespace countersign::actions {

// `/password-freeze REASON` of an approver: from its commit on nobody approves, and no sending or showing of a password
// begins; only what is on its way to Auth0 or Slack at that moment arrives. Shows the state when everything is frozen
// already. Two people release it: handlers/actions/release_freeze. `text`: as typed behind the command.
Verdict freeze(const Action& action, const std::string& text, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> password_freeze(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign::actions
