#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/model/request.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/rules/opening.hpp"
#include "handlers/rules/permissions.hpp"
#include "handlers/slack/secret_view.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

// The one place where a password, or a link, is shown: a modal of the person who asked for it.
namespace countersign::views {

// The window that opens at once, while Slack is asked whether the person may see it. Holds no secret.
boost::json::object handover_checking(const Request& request);

// The newest window with what it is for.
slack::SecretView handover(const Request& request, const Settings& settings, Secret credential);

// The window that shows it, with the password spelled out for the telephone.
slack::SecretView spelled(const Request& request, const Settings& settings, Secret password);

// Replace the contents of a window once its time is over, or another window has followed. Hold no secret.
boost::json::object handover_over(const Request& request, int window);
boost::json::object handover_moved(const Request& request, int window);

// About when the link ends.
TimePoint link_ends(const Request& request, const Settings& settings);

// Notes about a press; mrkdwn, escaped.
std::string handover_unknown();
std::string not_for_you();
std::string not_allowed_to_see(rules::Denial denial);
std::string not_ready(const Request& request);  // closed, expired, being opened, ...
std::string frozen_handover(std::string_view who_and_why);
std::string nothing_shown(std::string_view why);  // a code
std::string nothing_shown(const rules::OpeningEnd& end);

}  // namespace countersign::views
