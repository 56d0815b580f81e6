#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Show password once" in the requester's direct message, and "Show password again" as long as its time lasts. Whoever
// else presses, or later, is told why it does not open.
boost::asio::awaitable<HandlerResult> show_password(
    const Services& services, slack::BlockAction click, ReplayMark replay);

// "Spell it out" in the window with the password, while that is open.
boost::asio::awaitable<HandlerResult> spell_password(
    const Services& services, slack::BlockAction click, ReplayMark replay);

// "Close for good" in that window: the password is destroyed. Once more it does nothing.
boost::asio::awaitable<HandlerResult> close_password(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);

// The requester has closed that window otherwise: it is recorded, and they may open it again.
boost::asio::awaitable<HandlerResult> leave_password(
    const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign::actions
