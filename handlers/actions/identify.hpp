#pragma once

#include "handlers/actions/reception.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

#include <chrono>

// Between the way in and the handlers: these decide from memory, and a person may not be in it yet. So whoever presses
// or types is made known first; nobody is refused because Slack is slow, or says "later".
namespace countersign::actions {

inline constexpr std::chrono::seconds asked_in_window{60};  // while a window says to wait
inline constexpr std::chrono::minutes asked_afterwards{2};  // while words do

// Answers what arrived, in place of route(): at once when its author is known, or may not act wherever it comes from.
// Else Slack is asked. What only commits waits for that until it has to be answered; what opens a window, and whatever
// could not wait longer, is gone on with after the answer; a form stays as it is, with words; an approval is stored at
// once, and Slack is asked afterwards. From here on the author has the id by which one person is one
// (Directory::identity).
boost::asio::awaitable<HandlerResult> receive(
    const Services& services, slack::Interaction interaction, ReplayMark replay);

// Does what was put off, and delivers its answer: into the window that is opened at once; to the response_url of a
// command; and what is not done at all is told. Ends within two and a half minutes; interrupted, as soon as it has said
// that nothing was done. Throws StoreUnavailable.
boost::asio::awaitable<void> go_on(const Services& services, GoOn waiting);

// Instead of going on when too many wait already: tells the person so.
boost::asio::awaitable<void> turn_down(const Services& services, GoOn waiting);

}  // namespace countersign::actions
