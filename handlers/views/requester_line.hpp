#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/block_kit.hpp"

#include <string>
#include <vector>

namespace countersign::views {

// What was found, and what follows from it, for the person who asked and for nobody else. Escaped mrkdwn.
std::string requester_words(const Request& request, const Settings& settings);

// What the person can do about it now, as buttons; none: nothing.
std::vector<slack::Element> requester_buttons(const Request& request);

// Whether the form is offered again with what was typed: no approver was asked, and another address, name or reason may
// help.
bool offers_correction(const Request& request);

// Both as the private line that replaces "Looking up".
slack::Message requester_line(const Request& request, const Settings& settings);

}  // namespace countersign::views
