#pragma once

#include "tests/standins/http.hpp"
#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/state.hpp"

namespace standins::slack {

// A post to a response_url: at most five within 30 minutes, JSON only. A refused post is no use.
Response respond(State& state, const Request& request, TimeMs now);

// What such a post does, without the counting; a command's immediate answer does the same. Throws Refusal.
void apply_answer(State& state, ResponseUrl& url, const Arguments& args, TimeMs now);

// The answer to a command or interaction by its address; nothing when the workspace never gave that address out.
ResponseUrl* find_response_url(State& state, const std::string& address);

}  // namespace standins::slack
