#pragma once

#include "handlers/actions/reception.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

#include <chrono>

// Stands between Slack's door and the handlers. Handlers decide from the directory's memory, in which a new person is
// missing: so the directory learns first who acts. No one is refused because Slack is slow or limits us.
namespace countersign::actions {

inline constexpr std::chrono::seconds asked_in_window{60};  // while a window asks the person to wait
inline constexpr std::chrono::minutes asked_afterwards{2};  // while a private line asks them

// Called instead of route(). Answers at once when the person is known, or may not act from where they are; else asks
// Slack. Meanwhile an action that only commits waits as long as Slack's answer may take; one that opens a window, or
// cannot wait longer, goes on after the answer; a form stays open, with words; an approval is stored at once, and Slack
// is asked afterwards. From here on the person has the one id by which they are compared (Directory::identity).
boost::asio::awaitable<HandlerResult> receive(
    const Services& services, slack::Interaction interaction, ReplayMark replay);

// Goes on with an action that was put off, and delivers its answer: in the window that opens at once, or by the
// command's response_url. If it is not done, the person is told. Ends within two and a half minutes; when interrupted,
// as soon as the person is told that nothing was done. Throws StoreUnavailable.
boost::asio::awaitable<void> go_on(const Services& services, GoOn waiting);

// Instead of going on when too many wait already: tells the person so.
boost::asio::awaitable<void> turn_down(const Services& services, GoOn waiting);

}  // namespace countersign::actions
