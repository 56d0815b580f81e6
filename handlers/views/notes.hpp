#pragma once

#include "handlers/requests/policy.hpp"
#include "handlers/requests/request.hpp"
#include "handlers/slack/message.hpp"

#include <boost/system/error_code.hpp>

#include <string>

// What Countersign says to one person in private. Every refusal says what did not happen and what to do.
namespace countersign::views {

// Answers to a command.
slack::Message looking_up(const Request& request);
slack::Message how_to_ask(const boost::system::error_code& fault);
slack::Message not_allowed_to_ask(Denial denial);
slack::Message unknown_command();

// Notes about a click; mrkdwn, escaped.
std::string not_allowed_to_decide(Denial denial);
std::string decided_already(const Request& request);
std::string expired_before_decision();
std::string card_unknown();

}  // namespace countersign::views
