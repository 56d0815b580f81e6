#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// `/password-freeze REASON` of an approver: from its commit on no password is set or shown. Shows the state when
// everything is frozen already. Two people release it: handlers/decisions/release_freeze.
boost::asio::awaitable<Handled> password_freeze(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign
