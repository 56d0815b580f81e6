#pragma once

#include "handlers/ports/services.hpp"
#include "handlers/slack/answer.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// Approve or Deny on a card. Decided once: whoever comes late, or may not decide, gets a private note.
boost::asio::awaitable<slack::Answer> decide_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign
