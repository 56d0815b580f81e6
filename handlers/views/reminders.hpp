#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/slack/message.hpp"

#include <string>

namespace countersign::views {

// Everybody as Slack mentions them, each followed by a space; empty: nobody.
std::string mentions(const Mentioned& people);

// A line in the thread of a card that waits.
slack::Message thread_line(const Request& request, ThreadLine line, const Settings& settings);

}  // namespace countersign::views
