#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// Approve or Deny on a card. Decided once: whoever comes late, or may not decide, gets a private note.
boost::asio::awaitable<Handled> decide_request(const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign
