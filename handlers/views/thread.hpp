#pragma once

#include "handlers/model/request.hpp"
#include "handlers/slack/message.hpp"

namespace countersign::views {

// The reply under the card: what became of each step after the change.
slack::Message thread(const Request& request);

}  // namespace countersign::views
