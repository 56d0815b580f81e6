#pragma once

#include "tests/standins/slack/state.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>

// A person's modals, of which at most three lie on one another, and their home. `content` is checked already.
namespace standins::slack {

// Opens a modal on an empty stack; what was open is gone.
View& open_modal(State& state, const std::string& user, boost::json::object content, TimeMs now);
// Throws a Refusal push_limit_reached.
View& push_modal(State& state, const std::string& user, boost::json::object content, TimeMs now);
// New content; what is typed stays where block_id, action_id and type are the same.
void replace_content(State& state, View& view, boost::json::object content, TimeMs now);
View& publish_home(State& state, const std::string& user, boost::json::object content, TimeMs now);
void close_top(State& state, const std::string& user);
void close_all(State& state, const std::string& user);

// state.values of blocks nobody has touched: initial values, or null.
boost::json::object initial_values(const boost::json::array& blocks);
// The values of `blocks`: those of `before` where block_id, action_id and type are the same, else initial ones.
boost::json::object kept_values(const boost::json::array& blocks, const boost::json::object& before);
// state.values of a message as this person has filled it in so far.
boost::json::object values_in(const State& state, const Message& message, const std::string& user);
// What an element's value looks like once a person typed or chose `input`: a text, an option's value, a list of those.
// Throws std::invalid_argument when the element does not offer it.
boost::json::object value_for(const boost::json::object& element, const boost::json::value& input);
// Is there something in it?
bool is_filled(const boost::json::object& value);
// The interactive element with this action_id, wherever in the block it stands; nothing when there is none.
const boost::json::object* find_element(const boost::json::object& block, std::string_view action_id);

}  // namespace standins::slack
