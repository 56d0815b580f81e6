#pragma once

#include "tests/demo/company/services.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/object.hpp>

#include <optional>

namespace demo::page {

// What a person does in Slack's client, as the page says it: {"as":"U...","do":"press","channel":"C...",...}. Gives
// what Slack then sends to the app, if it sends something. Throws Refused (400) for words that are missing, of the
// wrong kind or unknown, slack::CannotAct for what Slack's client would not let this person do; nothing has happened
// then.
std::optional<slack::Delivery> act(slack::Workspace& slack, const boost::json::object& what, TimeMs now);

}  // namespace demo::page
