#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign {

// "Approve" on a card. The approval that completes the needed number decides, once: whoever comes late, may not
// decide, or has approved already gets a private note. Nothing is approved while everything is frozen.
boost::asio::awaitable<Handled> approve_request(const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign
