#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// `/password-help`: what Countersign does and what the person may do. For everybody; stores nothing.
boost::asio::awaitable<HandlerResult> password_help(
    const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign::actions
