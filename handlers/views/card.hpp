#pragma once

#include "handlers/requests/request.hpp"
#include "handlers/requests/settings.hpp"
#include "handlers/slack/message.hpp"

namespace countersign::views {

// The card in the approvals channel, for any state from pending on. Buttons only while it is pending.
slack::Message card(const Request& request, const Settings& settings);

}  // namespace countersign::views
