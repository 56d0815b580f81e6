#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// `/reset-password [EMAIL [reason]]`: stores the request and answers with a private "looking up" line, in one commit.
// Without an address it opens the form. When something that is demanded is missing, the request is stored, a modal
// opens at once, and is filled with what was typed once the account was looked up.
boost::asio::awaitable<HandlerResult> reset_password(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

// `/create-password [EMAIL [First Last]]`, for the implementation group: the same for a first password.
boost::asio::awaitable<HandlerResult> create_password(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign::actions
