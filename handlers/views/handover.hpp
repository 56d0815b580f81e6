#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/requests/policy.hpp"
#include "handlers/requests/request.hpp"
#include "handlers/requests/settings.hpp"
#include "handlers/slack/secret_view.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

// The one place where a password, or a link, is shown: a modal of the person who asked for it.
namespace countersign::views {

// The modal as it is opened.
slack::SecretView handover(const Request& request, const Settings& settings, Secret credential);

// The same with the password spelled out for the telephone.
slack::SecretView spelled(const Request& request, const Settings& settings, Secret password);

// What stands in the modal once its time is over. Holds no secret.
boost::json::object handover_over(const Request& request);

// When a link that was made ends, about.
TimePoint link_ends(const Request& request, const Settings& settings);

// Notes about a press; mrkdwn, escaped.
std::string handover_unknown();
std::string not_for_you();
std::string not_allowed_to_see(Denial denial);
std::string not_ready(const Request& request);  // already shown, expired, ...
std::string frozen_handover(std::string_view who_and_why);
std::string press_again(std::string_view why);

}  // namespace countersign::views
