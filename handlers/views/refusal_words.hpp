#pragma once

#include "handlers/core/time.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/message.hpp"

#include <string_view>

namespace countersign::views {

// That Slack refuses something to the bot, since when, and what mends it. `what`: a name of bot/slack/refusals;
// `reason`: Slack's error code.
slack::Message slack_refuses(std::string_view what, std::string_view reason, TimePoint since, const Settings& settings);

}  // namespace countersign::views
