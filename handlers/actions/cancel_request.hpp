#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Cancel" of the person who asked, as long as nothing was sent to Auth0. Needs no right but having asked: taking
// something back is always safe.
boost::asio::awaitable<HandlerResult> cancel_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
