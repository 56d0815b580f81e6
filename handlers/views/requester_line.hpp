#pragma once

#include "handlers/requests/request.hpp"
#include "handlers/requests/settings.hpp"
#include "handlers/slack/message.hpp"

#include <string>

namespace countersign::views {

// What was found, and what follows from it, for the person who asked and for nobody else. Escaped mrkdwn.
std::string requester_words(const Request& request, const Settings& settings);

// The same as the private line that replaces "Looking up": with what the person can do about it.
slack::Message requester_line(const Request& request, const Settings& settings);

}  // namespace countersign::views
