#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <optional>
#include <string>

namespace countersign::effects {

// Replaces the requester's private "looking up" line by what was found. Falls back to an ephemeral message, then to a
// direct message, when the response_url is spent.
boost::asio::awaitable<JobResult> answer_requester(const Services& services, Job job);

// Says something where the requester asked: in place of their private line while its URL lives, else whispered.
// refused: neither can be.
boost::asio::awaitable<Outcome<void>> tell_privately(const Services& services, Request request, slack::Message message);

// A private note to one person about a click of theirs: through its response_url, else whispered, else as a direct
// message. One for a person who is gone is logged and forgotten.
boost::asio::awaitable<JobResult> send_note(const Services& services, Job job);

// What a note job carries. The response_url is sealed for note_context(user).
struct Note
{
    Note(SlackUserId user_, std::string text_) : user{std::move(user_)}, text{std::move(text_)} {}

    SlackUserId user;
    std::string text;  // mrkdwn, escaped
    std::optional<ChannelId> channel;
    std::optional<Sealed> response_url;
};

NewJob note_job(const Note& note, TimePoint due);
Result<Note> note_from(const Job& job);
std::string note_context(const SlackUserId& user);
std::string reply_context(const RequestId& request);

}  // namespace countersign::effects
