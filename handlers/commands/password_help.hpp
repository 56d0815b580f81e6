#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// `/password-help`: what Countersign does and what the person may do. For everybody; stores nothing.
boost::asio::awaitable<Handled> password_help(const Services& services, slack::SlashCommand command, ReplayMark replay);

}  // namespace countersign
