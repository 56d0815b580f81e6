#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// The form for a new request, submitted: what is wrong is said at its field; else the request is stored, and the modal
// waits for the look-up.
boost::asio::awaitable<HandlerResult> submit_request(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);

// The form that a request waits for, submitted: its request is looked up once more, with what was said.
boost::asio::awaitable<HandlerResult> submit_choice(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);

// "Continue…" in the private line: opens that form.
boost::asio::awaitable<HandlerResult> open_choice(
    const Services& services, slack::BlockAction click, ReplayMark replay);

// That form, closed without an answer: the request goes on waiting, and the requester is told where to go on.
boost::asio::awaitable<HandlerResult> close_choice(
    const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign::actions
