#pragma once

#include "handlers/core/strong_id.hpp"
#include "handlers/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace countersign {

enum class PostKind
{
    card,          // in the approvals channel, edited in place
    audit,         // in the audit channel, once a finished request
    requester_dm,  // direct message to the requester, once a finished request; edited when the password was shown
    thread,        // under the card: what became of the steps after the change; edited in place
};

// A message that must exist once. Its row is written before the call to Slack, so that a lost answer is known as such.
struct Post
{
    Post(RequestId request_, PostKind kind_, std::string uuid_)
        : request{std::move(request_)},
          kind{kind_},
          uuid{std::move(uuid_)}
    {}

    RequestId request;
    PostKind kind;
    std::string uuid;                        // in the message's metadata
    std::optional<ChannelId> channel;        // where it was, or is being, sent
    std::optional<MessageTs> ts;             // known once Slack has answered
    std::optional<TimePoint> sending_since;  // set before each first send
    std::int64_t drawn_version = -1;         // the request's version that it shows; -1: none yet; or was_there

    // A drawn_version: the message was posted and is gone. It is posted again, also when its request has ended
    // meanwhile.
    static constexpr std::int64_t was_there = -2;
};

}  // namespace countersign
