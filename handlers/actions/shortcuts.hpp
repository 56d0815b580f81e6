#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

// The ways that open the form for a new request. Whoever may not ask sees a modal that says why.
namespace countersign::actions {

// The global shortcut.
boost::asio::awaitable<HandlerResult> ask_by_shortcut(
    const Services& services, slack::Shortcut shortcut, ReplayMark replay);
// The message shortcut: the first address in the message is put into the form.
boost::asio::awaitable<HandlerResult> ask_from_message(
    const Services& services, slack::MessageAction shortcut, ReplayMark replay);
// "New request" in the Home.
boost::asio::awaitable<HandlerResult> ask_from_home(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
