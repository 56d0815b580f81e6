#pragma once

#include "handlers/core/error.hpp"
#include "handlers/slack/message.hpp"

#include <string>
#include <variant>

namespace countersign::slack {

// Nothing to say: the acknowledgement of a click or an event.
struct Acknowledged
{
};

// Shown to the person who typed a command, to nobody else.
struct PrivateReply
{
    explicit PrivateReply(Message message_) : message{std::move(message_)} {}
    Message message;
};

// The answer to url_verification.
struct Challenge
{
    explicit Challenge(std::string value_) : value{std::move(value_)} {}
    std::string value;
};

// Not accepted: Errc::replayed, or another reason of the transport.
struct Rejected
{
    explicit Rejected(Errc why_) : why{why_} {}
    Errc why;
};

// What the transport (HTTP today, Socket Mode later) sends back within Slack's three seconds.
using Answer = std::variant<Acknowledged, PrivateReply, Challenge, Rejected>;

}  // namespace countersign::slack
