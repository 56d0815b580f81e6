#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Details" on a card or in the Home: a modal with all that is known, for whoever may see it. Who looked is recorded.
boost::asio::awaitable<HandlerResult> show_details(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
