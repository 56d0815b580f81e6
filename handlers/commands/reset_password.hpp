#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// `/reset-password EMAIL [reason]`: stores the request and answers with a private "looking up" line, in one commit.
boost::asio::awaitable<Handled> reset_password(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign
