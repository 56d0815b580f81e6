#pragma once

#include "handlers/core/error.hpp"
#include "handlers/slack/message.hpp"

#include <boost/json/object.hpp>

#include <map>
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

// The answers to a submitted modal (handlers/slack/CONTRACT.md, "Answers to a submitted form"); Acknowledged closes it.
struct FieldErrors
{
    explicit FieldErrors(std::map<std::string, std::string> errors_) : errors{std::move(errors_)} {}
    std::map<std::string, std::string> errors;  // by block_id of an input block; plain text
};
struct ViewReplaced
{
    explicit ViewReplaced(boost::json::object view_) : view(std::move(view_)) {}
    boost::json::object view;
};

// Not accepted: Errc::replayed, or another reason of the transport.
struct Rejected
{
    explicit Rejected(Errc why_) : why{why_} {}
    Errc why;
};

// What the transport (HTTP today, Socket Mode later) sends back within Slack's three seconds.
using Answer = std::variant<Acknowledged, PrivateReply, Challenge, FieldErrors, ViewReplaced, Rejected>;

}  // namespace countersign::slack
