#pragma once

#include "handlers/slack/interaction.hpp"

#include <string>

namespace countersign::slack {

// What Slack posts, read. Of interactions and events every copy that is made on the way is wiped: Slack sends a view
// back with whatever is pressed or closed, and with it the password that it shows.
Result<Interaction> command_in(const std::string& body);      // form: a slash command
Result<Interaction> interaction_in(const std::string& body);  // form of one field, `payload`: JSON
Result<Interaction> event_in(const std::string& body);        // JSON

}  // namespace countersign::slack
