#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Transaction and ask again", where a request ended before anybody was asked: the form for a new request with all that
// was typed for that one, in its window or in a new one.
boost::asio::awaitable<HandlerResult> correct_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
