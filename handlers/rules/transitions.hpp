#pragma once

#include "handlers/model/request.hpp"
#include "handlers/model/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace countersign::rules {

// Moves `request` by `event` within `change`: new state, audit row, and the jobs that every such move brings
// (the card is redrawn; at the end the requester and the audit channel are told; a credential is destroyed).
// Gives back the request as `change` will store it. Throws std::logic_error when the table does not list the move: who
// cannot know the state before asks next(). A job that makes such a mistake becomes a dead letter, a press fails.
const Request& advance(Transaction& change, Request request, Event event, const std::string& actor);

// A request's new place, for the log line that follows the commit: every move of every request has one.
struct Move
{
    RequestId request;
    State state;
};
std::optional<Move> moved_request(const Transaction& change);
void log_move(const Move& move);

// Has the administrator's block put back; the closing messages wait for the result.
void add_reblock(Transaction& change, Request& request);

// Something changed that people see in their App Home.
void add_homes(Transaction& change);

// The jobs that tell people that a request has ended, and how the step that was waited for came out.
void add_closing_jobs(Transaction& change, const Request& request);

}  // namespace countersign::rules
