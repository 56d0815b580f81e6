#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Remind" of the person who asked: a line in the card's thread, at most every reminder_pause.
boost::asio::awaitable<HandlerResult> remind_approvers(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
