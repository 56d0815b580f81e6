#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// "Show password once" in the requester's direct message. One press opens it, ever; whoever else presses, or again, is
// told why it does not open.
boost::asio::awaitable<Handled> show_password(const Services& services, slack::BlockAction click, ReplayMark replay);

// "Spell it out" in the modal with the password, while that is open.
boost::asio::awaitable<Handled> spell_password(const Services& services, slack::BlockAction click, ReplayMark replay);

// The requester has closed that modal: the password is destroyed.
boost::asio::awaitable<Handled> close_password(const Services& services, slack::ViewClosed closed, ReplayMark replay);

}  // namespace countersign
