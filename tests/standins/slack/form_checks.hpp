#pragma once

#include "tests/standins/slack/model.hpp"

namespace standins::slack {

// What Slack's client checks before it lets a form go: required fields, lengths, addresses, numbers. Throws CannotAct.
void demand_complete(const View& view);

}  // namespace standins::slack
