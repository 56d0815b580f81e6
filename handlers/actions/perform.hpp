#pragma once

#include "handlers/actions/press.hpp"
#include "handlers/actions/snapshot.hpp"
#include "handlers/actions/verdict.hpp"
#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>

// Decide, then perform: a pure function decides what becomes of an action, and the coroutine here carries it out.
namespace countersign::actions {

inline constexpr int decision_tries_max = 4;  // against others who act at the same moment

// What Slack needs to open a window after the answer: valid for seconds, once.
struct WindowKey
{
    Secret trigger_id;
    FallbackTarget fallback;  // where the person is told that it did not open
};

// Takes what is secret out of the action.
WindowKey window_key(slack::BlockAction& click);
WindowKey window_key(slack::SlashCommand& command);
WindowKey window_key(slack::MessageAction& shortcut);
WindowKey window_key(slack::Shortcut& shortcut);

// What perform() needs to know of an action.
struct Performance
{
    Performance(SlackUserId by_, ReplayMark replay_) : by{std::move(by_)}, replay{std::move(replay_)} {}

    SlackUserId by;
    ReplayMark replay;               // committed with whatever is committed
    std::optional<RequestId> about;  // the request that is read
    std::optional<WindowKey> key;    // needed for a verdict that opens a window
    int tries_max = decision_tries_max;
    bool may_begin = false;        // a request may begin by it: what the limits count is read, too
    std::optional<Email> address;  // that it would be for; absent: none, or that of the request that is read
};

using Decide = std::function<Verdict(const Snapshot&)>;

// Reads a snapshot, decides, and commits; begins again when another commit came between. Rejected: replayed, or
// unavailable when it could not be committed.
boost::asio::awaitable<HandlerResult> perform(const Services& services, Performance performance, Decide decide);

// The same for a button, whose value is the request's id.
using DecidePress = Verdict (*)(const Press& press, const Snapshot& seen, const Settings& settings);
boost::asio::awaitable<HandlerResult> perform(
    const Services& services, slack::BlockAction click, ReplayMark replay, DecidePress decide,
    int tries_max = decision_tries_max);

// A commit on behalf of a person.
enum class Attempt
{
    done,
    again,      // the request or the switch has changed: read it and decide again
    duplicate,  // the request that was to be begun was begun before
    replayed,
    unavailable,
};

boost::asio::awaitable<Attempt> attempt(const Services& services, Transaction transaction);

// The answer when an attempt did not end with `done`.
slack::Rejected rejection(Attempt attempt);

}  // namespace countersign::actions
