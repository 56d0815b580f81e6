#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"

#include <optional>
#include <string>

namespace countersign::effects {

// Where a message stands: in a channel, or there in the thread of another.
struct Spot
{
    explicit Spot(ChannelId channel_, std::optional<MessageTs> parent_ = {})
        : channel{std::move(channel_)},
          parent{std::move(parent_)}
    {}

    ChannelId channel;
    std::optional<MessageTs> parent;
};

// A message that was sent at `sent`, and whose answer was lost: is it there? Nothing also where nobody can tell, for
// want of the right to read: then a second message is better than none. too_large: it cannot be looked for.
boost::asio::awaitable<Outcome<std::optional<MessageTs>>> find_sent(
    const Services& services, Spot spot, std::string uuid, TimePoint sent);

boost::asio::awaitable<Outcome<MessageTs>> send_to(
    const Services& services, Spot spot, slack::Message message, std::string uuid);

// Sends a message of which only its job knows: one that was begun before is looked for first. `uuid` stays the same as
// long as the job lives.
boost::asio::awaitable<Outcome<MessageTs>> say(
    const Services& services, Job job, Spot spot, slack::Message message, std::string uuid);

// Leaves somebody a private note where they pressed or typed.
boost::asio::awaitable<void> tell(const Services& services, SlackUserId user, FallbackTarget back, std::string words);

}  // namespace countersign::effects
