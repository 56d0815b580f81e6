#pragma once

#include "handlers/actions/perform.hpp"

// What the requester does with the password once it is set: before and in the window that shows it.
namespace countersign::actions {

inline constexpr int handover_tries_max = 6;  // against the steps after the change, which write the same row

// "Show password once" in the requester's direct message, and "Show password again" as long as its time lasts. Other
// people, and presses after the end, are told why it does not open.
Verdict hand_over(const Press& press, const Snapshot& seen, const Settings& settings);

// "Spell it out" in the window with the password, while that is open.
Verdict spell(const Press& press, const Snapshot& seen, const Settings& settings);

// "Close for good" in that window: the password is destroyed. Once more it does nothing.
Verdict close_for_good(const Action& action, const Snapshot& seen, const Settings& settings);

// The requester has closed the window with this number in another way: records it; they may open it again.
Verdict leave(const Action& action, int window, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> close_password(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);
boost::asio::awaitable<HandlerResult> leave_password(
    const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign::actions
