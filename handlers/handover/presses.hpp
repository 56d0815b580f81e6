#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// "Show password once" in the requester's direct message, and "Show password again" as long as its time lasts. Whoever
// else presses, or later, is told why it does not open.
boost::asio::awaitable<Handled> show_password(const Services& services, slack::BlockAction click, ReplayMark replay);

// "Spell it out" in the window with the password, while that is open.
boost::asio::awaitable<Handled> spell_password(const Services& services, slack::BlockAction click, ReplayMark replay);

// "Close for good" in that window: the password is destroyed. Once more it does nothing.
boost::asio::awaitable<Handled> close_password(const Services& services, slack::ViewSubmission form, ReplayMark replay);

// The requester has closed that window otherwise: it is recorded, and they may open it again.
boost::asio::awaitable<Handled> leave_password(const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign
