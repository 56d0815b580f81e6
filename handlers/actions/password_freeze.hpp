#pragma once

#include "handlers/actions/perform.hpp"

#include <string>

namespace countersign::actions {

// `/password-freeze REASON` of an approver: from its commit on nothing is approved, and no password begins to be sent
// or shown; only calls that are under way arrive. When everything is frozen already, it shows since when and by whom.
// Two people release it: handlers/actions/release_freeze. `text`: as typed behind the command.
Verdict freeze(const Action& action, const std::string& text, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> password_freeze(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign::actions
