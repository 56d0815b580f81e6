#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <string>

namespace demo {

// A Slack message as lines of plain text in a frame, roughly as Slack's client draws it: mentions by name, times in
// UTC, buttons in brackets.
std::string draw(const slack::Workspace& workspace, const slack::Message& message);

// mrkdwn as plain text.
std::string plain(const slack::Workspace& workspace, std::string mrkdwn);

}  // namespace demo
