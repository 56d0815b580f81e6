#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Approve" on a card. The press is stored as a claim and answered; Slack is asked afterwards whether it counts
// (handlers/effects/claim). Whoever comes late, may not decide for certain, or has pressed already gets a private note
// at once. Nothing is approved while everything is frozen.
boost::asio::awaitable<HandlerResult> approve_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
