#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// Maps what arrives to the handler that answers it. `replay` names the signed request; everything committed for it is
// committed with this mark, so that the same request does nothing a second time.
boost::asio::awaitable<HandlerResult> route(
    const Services& services, slack::Interaction interaction, ReplayMark replay);

}  // namespace countersign::actions
