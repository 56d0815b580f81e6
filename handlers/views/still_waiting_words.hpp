#pragma once

#include "handlers/model/request.hpp"
#include "handlers/slack/message.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace countersign::views {

// That Auth0 keeps people waiting, what that means for this request, and about how long Countersign goes on trying.
std::string still_waiting(const Request& request);

// Says so below what a message, or a modal, shows anyway.
void add_still_waiting(slack::Message& message, const Request& request);
void add_still_waiting(boost::json::object& modal, const Request& request);

}  // namespace countersign::views
