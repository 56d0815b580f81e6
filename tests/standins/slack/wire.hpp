#pragma once

#include "tests/standins/slack/state.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

// The JSON in which Slack shows its things, as its reference and its SDKs have it.
namespace standins::slack {

enum class MetadataDetail
{
    full,
    type_only
};

boost::json::object to_json(const State& state, const Message& message, MetadataDetail detail);
boost::json::object to_json(const State& state, const Channel& channel);
boost::json::object to_json(const State& state, const Group& group);
// `with_email` follows the scope users:read.email.
boost::json::object to_json(const State& state, const User& user, bool with_email);
boost::json::object to_json(const State& state, const View& view);

// The text of plain_text objects comes back with entities; mrkdwn holds them already.
void escape_plain_texts(boost::json::value& value);

}  // namespace standins::slack
