#pragma once

#include "handlers/requests/request.hpp"
#include "handlers/requests/settings.hpp"
#include "handlers/requests/waiting.hpp"
#include "handlers/slack/message.hpp"

namespace countersign::views {

// A line in the thread of a card that waits.
slack::Message thread_line(const Request& request, ThreadLine line, const Settings& settings);

}  // namespace countersign::views
