#pragma once

#include "tests/standins/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <compare>
#include <optional>
#include <string>
#include <vector>

// What a workspace is made of. Empty strings mean "none".
namespace standins::slack {

enum class Standing
{
    member,
    guest,        // multi-channel guest
    ultra_guest,  // single-channel guest
    deactivated,
    bot,
    outsider,  // of another workspace, here through Slack Connect
    stranger,  // of another workspace, shares no channel with us
};

struct User
{
    std::string id;
    std::string name;
    std::string real_name;
    std::string email;
    Standing standing = Standing::member;
    std::string team_id;  // empty: ours; outsiders and strangers name their own, members of an organization their home
    bool is_admin = false;
    std::string organization_id = {};  // of a person with two ids: the one in the organization, another User's id too
};

struct Group
{
    std::string id;
    std::string handle;
    std::vector<std::string> users;
    bool disabled = false;
    bool is_external = false;
};

enum class ChannelKind
{
    open,
    closed,
    im,
    mpim
};

struct Channel
{
    std::string id;
    std::string name;
    ChannelKind kind = ChannelKind::open;
    std::vector<std::string> members;
    bool is_archived = false;
    bool is_ext_shared = false;
    bool is_pending_ext_shared = false;
    bool is_org_shared = false;
    std::string refuses_apps = {};  // the code with which what apps post is refused: "restricted_action"
};

struct Message
{
    std::string ts;
    std::string channel;
    std::string user;
    bool by_app = false;
    std::string text;
    boost::json::array blocks;
    boost::json::array attachments;
    std::optional<boost::json::object> metadata;
    std::string thread_ts;
    std::string visible_to;  // of an ephemeral: the one who sees it
    std::string edited_ts;

    bool is_ephemeral() const { return !visible_to.empty(); }
};

// A message as one person sees it.
struct MessageSeen
{
    std::string user;
    std::string channel;
    std::string ts;

    friend auto operator<=>(const MessageSeen&, const MessageSeen&) = default;
};

struct View
{
    std::string id;
    std::string user;
    std::string type;             // "modal" or "home"
    boost::json::object content;  // as the app gave it, block ids filled in
    boost::json::object values;   // state.values: what is typed and chosen
    boost::json::object errors;   // of the last submission, by block_id
    std::string hash;
    std::string root_view_id;
    std::string previous_view_id;
};

struct Trigger
{
    std::string user;
    TimeMs issued = 0;
    bool used = false;
    std::string root_view_id;  // of the modal in which it arose
};

// What a response_url may still do.
struct ResponseUrl
{
    std::string channel;
    std::string user;
    std::string source_ts;  // the message that it belongs to: for a command, the first answer to it
    int uses_left = 5;
    TimeMs expires = 0;
};

// What Slack itself tells a person, e.g. that an app did not respond.
struct Notice
{
    TimeMs at = 0;
    std::string user;
    std::string channel;
    std::string text;
};

// A call that arrived: Web API methods by their name, posts to a response_url as "response_url".
struct ApiCall
{
    TimeMs at = 0;
    std::string method;
    boost::json::object args;  // without the token
    std::string error;         // Slack's code; empty when it succeeded
};

}  // namespace standins::slack
