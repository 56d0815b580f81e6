#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// Somebody opened the App Home: it is published for them, and kept up to date from then on.
boost::asio::awaitable<Handled> open_home(const Services& services, slack::AppEvent event, ReplayMark replay);

// "Older" or "Newer" in it.
boost::asio::awaitable<Handled> turn_home_page(const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign
