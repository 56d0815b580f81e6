#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// Somebody opened the App Home: it is published for them, and kept up to date from then on.
boost::asio::awaitable<HandlerResult> open_home(const Services& services, slack::AppEvent event, ReplayMark replay);

// "Older" or "Newer" in it.
boost::asio::awaitable<HandlerResult> turn_home_page(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
