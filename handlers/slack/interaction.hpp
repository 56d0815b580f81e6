#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/core/strong_id.hpp"

#include <boost/json/fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// What arrives from Slack, parsed once at the edge (CONTRACT.md beside this file). Nothing here proves
// that a person may do something: that is the Directory's, by Actor::id.
namespace countersign::slack {

// Where it comes from. Compare app_id with ours when it is not empty (shortcuts do not carry it).
struct Source
{
    std::string app_id;  // empty when the payload has none
    // The workspace in which the app acts, in the order that handlers/slack/CONTRACT.md, "Interactions" gives. Says
    // nothing of whose member the actor is.
    std::optional<SlackTeamId> team;
    std::optional<std::string> enterprise;
    bool org_install = false;
};

struct Actor
{
    SlackUserId id;
    std::optional<SlackTeamId> team;  // may be absent, and may be another workspace's
};

struct SlashCommand
{
    Source source;
    Actor actor;
    ChannelId channel;
    std::string command;  // with its slash
    std::string text;     // as delivered: see split_command_text
    Secret response_url;
    Secret trigger_id;
};

// A button or a select that was used, in a message or in a view.
struct BlockAction
{
    Source source;
    Actor actor;
    std::optional<ChannelId> channel;  // with message_ts: the message that holds it
    std::optional<MessageTs> message_ts;
    std::optional<std::string> view_id;  // the view that holds it
    std::string view_hash;
    std::string private_metadata;
    std::string action_id;
    std::string block_id;
    std::string value;     // of a button; empty when it has none
    std::string selected;  // value of the chosen option; empty when nothing is chosen
    std::optional<Secret> response_url;
    Secret trigger_id;
};

struct ViewSubmission
{
    Source source;
    Actor actor;
    std::string callback_id;
    std::string private_metadata;
    std::string view_id;
    std::string view_hash;
    // "block_id/action_id" to what was entered; an untouched input is absent. The values of checked boxes are joined by
    // line feeds.
    std::map<std::string, std::string> values;
    std::optional<Secret> trigger_id;

    // The entered text, or empty.
    std::string_view value(std::string_view block_and_action) const;
};

struct ViewClosed
{
    Source source;
    Actor actor;
    std::string callback_id;
    std::string private_metadata;
    std::string view_id;
    bool is_cleared = false;  // the whole stack was closed
};

// A global shortcut: it has no channel and no response_url.
struct Shortcut
{
    Source source;
    Actor actor;
    std::string callback_id;
    Secret trigger_id;
};

// A message shortcut.
struct MessageAction
{
    Source source;
    Actor actor;
    std::string callback_id;
    ChannelId channel;
    MessageTs message_ts;
    std::optional<SlackUserId> author;  // of the message; absent when an app wrote it
    std::string text;                   // what the message says (text_of_message), at most 4,000 bytes
    Secret response_url;
    Secret trigger_id;
};

struct UrlVerification
{
    std::string challenge;
};

// An event of the Events API. Delivered at least once: de-duplicate by event_id.
struct AppEvent
{
    Source source;
    std::string event_id;
    std::string type;  // "app_home_opened", "subteam_members_changed", ...
    std::optional<SlackUserId> user;
    std::optional<ChannelId> channel;
    std::optional<SlackGroupId> group;
    std::string tab;  // of app_home_opened: "home" or "messages"
};

using Interaction = std::variant<
    SlashCommand, BlockAction, ViewSubmission, ViewClosed, Shortcut, MessageAction, UrlVerification, AppEvent>;

// Errors of all six: malformed (no JSON, a required value missing, a value of the wrong form or length, a form field
// twice), too_large, unsupported (a type that is not in the variant). The texts come from the outside: they do not
// throw.

// The decoded form of a slash command.
Result<Interaction> parse_command(const std::vector<std::pair<std::string, std::string>>& form);
// The `payload` field of an interactivity request.
Result<Interaction> parse_interaction(std::string_view payload_json);
// The body of an Events API request.
Result<Interaction> parse_event(std::string_view json);

// The same from the payload of a Socket Mode envelope, where a command's fields are a JSON object.
Result<Interaction> read_command(const boost::json::value& payload);
Result<Interaction> read_interaction(const boost::json::value& payload);
Result<Interaction> read_event(const boost::json::value& payload);

}  // namespace countersign::slack
