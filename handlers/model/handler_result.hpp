#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"
#include "handlers/model/replay_mark.hpp"
#include "handlers/slack/answer.hpp"
#include "handlers/slack/interaction.hpp"

#include <boost/json/object.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace countersign {

// Where a person is told that a window did not open. Without `channel` and `response_url`: in a direct message.
struct FallbackTarget
{
    std::optional<ChannelId> channel;
    std::optional<Secret> response_url;
};

// Opens a modal. Nothing durable hangs on it: when it does not open, the person is told to press again.
struct OpenView
{
    OpenView(
        SlackUserId user_, Secret trigger_id_, boost::json::object view_, std::optional<FallbackTarget> way_back_ = {})
        : user{std::move(user_)},
          trigger_id{std::move(trigger_id_)},
          view(std::move(view_)),
          fallback{std::move(way_back_)}
    {}

    SlackUserId user;
    Secret trigger_id;
    boost::json::object view;
    std::optional<FallbackTarget> fallback;  // absent: what the modal would have said is told, or seen, otherwise
};

// Puts a view into the place of an open modal of the same person. Nothing durable hangs on it: when that is not open
// any more, nobody sees it.
struct ReplaceView
{
    SlackUserId user;
    std::string external_id;  // of the modal that is open
    boost::json::object view;
};

// Opens the modal with the password of a request whose handover was committed as `opening`.
struct OpenHandover
{
    OpenHandover(RequestId request_, Secret trigger_id_)
        : request{std::move(request_)},
          trigger_id{std::move(trigger_id_)}
    {}

    RequestId request;
    Secret trigger_id;
};

// Goes on with what somebody did as soon as Slack has said who they are.
struct GoOn
{
    GoOn(slack::Interaction interaction_, ReplayMark replay_, bool in_window_)
        : interaction(std::move(interaction_)),
          replay{std::move(replay_)},
          in_window{in_window_}
    {}

    slack::Interaction interaction;
    ReplayMark replay;
    bool in_window;  // its answer is a modal: one that says to wait is opened at once
};

// What needs a trigger_id, or cannot be done yet: done after the answer, and not by a job. Lost with the process.
using FollowUp = std::variant<OpenView, ReplaceView, OpenHandover, GoOn>;

// What a handler gives back: the answer within Slack's three seconds, and what follows it.
struct HandlerResult
{
    template <class Answer>
        requires std::constructible_from<slack::Answer, Answer> HandlerResult(Answer answer_)
            : answer{std::move(answer_)}
        {}
        HandlerResult(slack::Answer answer_, FollowUp then_) : answer{std::move(answer_)}, then{std::move(then_)} {}

        slack::Answer answer;
        std::optional<FollowUp> then;
};

}  // namespace countersign
