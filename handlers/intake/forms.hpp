#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// The form for a new request, submitted: what is wrong is said at its field; else the request is stored, and the modal
// waits for the look-up.
boost::asio::awaitable<Handled> submit_request(const Services& services, slack::ViewSubmission form, ReplayMark replay);

// The form that a request waits for, submitted: its request is looked up once more, with what was said.
boost::asio::awaitable<Handled> submit_choice(const Services& services, slack::ViewSubmission form, ReplayMark replay);

// "Continue…" in the private line: opens that form.
boost::asio::awaitable<Handled> open_choice(const Services& services, slack::BlockAction click, ReplayMark replay);

// That form, closed without an answer: the request goes on waiting, and the requester is told where to go on.
boost::asio::awaitable<Handled> close_choice(const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign
