#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// "Ask for a link instead" in the requester's direct message, once the password was destroyed unseen or may not have
// been seen: a new request for the same account with the same reason, approved anew, at whose end the owner gets a
// link. A modal opens and says what becomes of it.
boost::asio::awaitable<Handled> ask_for_link(const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign
