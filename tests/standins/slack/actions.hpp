#pragma once

#include "tests/standins/slack/state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>

// What a person does to one element of a message or view, and how block_actions tells it.
namespace standins::slack {

// An element and the block in which it stands.
struct Found
{
    const boost::json::object* block = nullptr;
    const boost::json::object* element = nullptr;
};

// Throws CannotAct when there is none.
Found find_action(const boost::json::array& blocks, const std::string& action_id);
Found find_action(const boost::json::array& blocks, const std::string& block_id, const std::string& action_id);

// Does using the element tell the app at once? An input block tells it only when it is submitted, unless it says
// dispatch_action.
bool dispatches(const Found& found);

// The button's press, without what is only drawn. Throws CannotAct for another element.
boost::json::object pressed(const Found& found, const std::string& action_ts);

// The element's value after `input`, with `type`. Throws CannotAct when it does not offer that.
boost::json::object entered(const State& state, const Found& found, const boost::json::value& input);

// The same as an action of a payload.
boost::json::object chosen(const Found& found, boost::json::object value, const std::string& action_ts);

// Puts an element's value where `state.values` has it.
void remember(boost::json::object& values, const Found& found, boost::json::object value);

}  // namespace standins::slack
