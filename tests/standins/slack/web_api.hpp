#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/state.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace standins::slack {

// POST (or for reads GET) /api/<method>, as in handlers/slack/CONTRACT.md, "Web API". Every call is recorded in the
// state.
Response web_api(State& state, const Request& request, TimeMs now);

// HTTP 429 with Slack's body, without Retry-After.
Response too_many_calls();
Response json_response(int status, const boost::json::object& body);

// A message too many for its channel, or a call too many for its method.
struct RateLimited
{
    int retry_after_s = 1;
};

// Throws a Refusal missing_scope unless one of `scopes` was granted (an empty list asks for none).
void demand_scope(const State& state, const std::vector<std::string>& scopes);

// The channel, if the bot may know of it. Throws a Refusal channel_not_found.
Channel& visible_channel(State& state, const std::string& id);

}  // namespace standins::slack
