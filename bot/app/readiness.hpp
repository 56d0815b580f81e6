#pragma once

#include "handlers/ports/directory.hpp"

#include <string>
#include <vector>

namespace countersign {

// What is known, at one moment, of the bot and of the services it works with.
struct Circumstances
{
    bool store_is_healthy = false;
    bool clock_is_right = false;
    bool jobs_move = false;
    bool access_is_lost = false;    // Slack has told that the app was removed, or a token revoked
    bool token_is_refused = false;  // by the last call that Slack answered for it
    bool is_introduced = false;     // Slack has answered auth.test
    bool has_groups = false;        // each was read once
    bool has_asked_first = false;   // the people who come first were asked for, or the time for it is over
    bool asks_for_rights = false;   // Slack has answered lately: for groups and people,
    bool asks_for_channel = false;  // and for the approvals channel
    ChannelSafety channel = ChannelSafety::unknown;
    std::string refused;  // what else Slack refuses, by name; empty: nothing
    bool auth0_answers = false;
    bool log_is_stuck = false;  // an open reading transaction keeps the write-ahead log from being emptied
};

// What /readyz says.
struct Readiness
{
    std::string fault;                  // one fixed word for what is missing; empty: ready
    std::vector<std::string> degraded;  // ready, but an operator may want to look at these

    bool is_ready() const { return fault.empty(); }
};

// A fault keeps everybody from approving or from being told, and needs an operator. Trouble that heals by itself while
// jobs wait for it only degrades.
Readiness readiness_of(const Circumstances& now);

}  // namespace countersign
