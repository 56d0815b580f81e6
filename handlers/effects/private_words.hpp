#pragma once

#include "handlers/effects/running.hpp"
#include "handlers/model/job_payload.hpp"

namespace countersign::effects {

// Replaces the requester's private "looking up" line by what was found. Falls back to an ephemeral message, then to a
// direct message, when the response_url is spent.
boost::asio::awaitable<JobResult> answer_requester(Running running, Redraw why);

// Says something where the requester asked: in place of their private line while its URL lives, else whispered.
// refused: neither can be.
boost::asio::awaitable<Outcome<void>> tell_privately(const Services& services, Request request, slack::Message message);

// A private note to one person about a click of theirs: through its response_url, else whispered, else as a direct
// message. One for a person who is gone is logged and forgotten.
boost::asio::awaitable<JobResult> send_note(const Services& services, Job job, Note note);

}  // namespace countersign::effects
