#pragma once

#include "tests/standins/slack/delivery.hpp"
#include "tests/standins/slack/state.hpp"
#include "tests/standins/slack/text.hpp"

#include <boost/json/object.hpp>

#include <string>

// What Slack puts into its deliveries (tests/data/slack/own_examples.json).
namespace standins::slack {

// What reaches the app of what a person typed after a command: entities, links, mentions.
std::string command_text(const State& state, std::string_view typed);

Form command_form(const State& state, const Delivery& delivery, const Variant& variant, const std::string& typed);

// `type`, `user`, `team`, `enterprise`, ... : what all interactions have in common.
boost::json::object interaction(const State& state, const std::string& type, const User& user, const Variant& variant);

boost::json::object channel_reference(const Channel& channel);

// The view as an interaction of this person shows it: an outsider's names their own workspace.
boost::json::object view_in_payload(const State& state, const View& view, const User& user);

// Whose id a response_url carries.
std::string owner_id(const State& state, const Variant& variant);

}  // namespace standins::slack
