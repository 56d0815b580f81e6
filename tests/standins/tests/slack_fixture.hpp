#pragma once

#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/workspace.hpp"
#include "tests/standins/tests/test_data.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <vector>

// A small workspace with one of each kind of person and channel.
namespace standins::slack::test {

namespace json = boost::json;

inline constexpr TimeMs start = 1'763'800'000'000;
inline constexpr const char* requester = "U061F7AUR";
inline constexpr const char* approver = "U062G8BVS";
inline constexpr const char* guest = "U063GUEST";
inline constexpr const char* leaver = "U064GONE0";
inline constexpr const char* outsider = "U065OTHER";
inline constexpr const char* stranger = "U066ALIEN";
inline constexpr const char* helpdesk = "C061EG9SL";   // public
inline constexpr const char* approvals = "C062APPRV";  // private
inline constexpr const char* hidden = "C063HIDDN";     // private, without the app
inline constexpr const char* lobby = "C064LOBBY";      // public, without the app
inline constexpr const char* shared = "C065SHARE";     // private, with another company
inline constexpr const char* archive = "C066ARCHV";    // archived
inline constexpr const char* group_id = "S0614TZR7";
inline constexpr const char* old_group_id = "S0615G0KT";
inline constexpr const char* token = "xoxb-standin";
inline constexpr const char* secret = "8f742231b10e8888abcd99yyyzzz85a5";

inline WorkspaceOptions options()
{
    WorkspaceOptions made;
    made.bot_token = token;
    made.signing_secret = secret;
    made.commands = {{"/reset-password", "email", "Ask for a reset"}};
    made.shortcuts = {
        {ShortcutKind::global, "reset", "Reset a password", ""}, {ShortcutKind::message, "ask", "Ask about this", ""}};
    return made;
}

inline Channel channel(std::string id, std::string name, ChannelKind kind, std::vector<std::string> members)
{
    Channel made;
    made.id = std::move(id);
    made.name = std::move(name);
    made.kind = kind;
    made.members = std::move(members);
    return made;
}

inline Workspace workspace(WorkspaceOptions with = options())
{
    const auto bot = with.bot_user_id;
    Workspace made{std::move(with)};
    made.add_user({requester, "grace", "Grace Hopper", "grace@example.com", Standing::member, "", false});
    made.add_user({approver, "ada", "Ada Lovelace", "ada@example.com", Standing::member, "", true});
    made.add_user({guest, "guest", "A Guest", "guest@example.com", Standing::guest, "", false});
    made.add_user({leaver, "gone", "Someone Gone", "gone@example.com", Standing::deactivated, "", false});
    made.add_user({outsider, "other", "An Outsider", "other@example.org", Standing::outsider, "T0OTHER00", false});
    made.add_user({stranger, "alien", "A Stranger", "alien@example.org", Standing::stranger, "T0ALIEN00", false});
    made.add_channel(channel(helpdesk, "helpdesk", ChannelKind::open, {requester, approver, guest, bot}));
    made.add_channel(channel(approvals, "approvals", ChannelKind::closed, {requester, approver, bot}));
    made.add_channel(channel(hidden, "hidden", ChannelKind::closed, {requester}));
    made.add_channel(channel(lobby, "lobby", ChannelKind::open, {requester}));
    made.add_channel(channel(shared, "shared", ChannelKind::closed, {requester, outsider, bot}));
    made.add_channel(channel(archive, "archive", ChannelKind::open, {requester, bot}));
    made.channel(shared).is_ext_shared = true;
    made.channel(archive).is_archived = true;
    made.add_group({group_id, "approvers", {approver, leaver}, false, false});
    made.add_group({old_group_id, "retired", {requester}, true, false});
    return made;
}

inline Request form_call(const std::string& method, const Form& form)
{
    return {
        "POST",
        "/api/" + method,
        {{"authorization", std::string{"Bearer "} + token}, {"content-type", "application/x-www-form-urlencoded"}},
        print_form(form)};
}

inline Request json_call(const std::string& method, const json::value& body)
{
    return {
        "POST",
        "/api/" + method,
        {{"authorization", std::string{"Bearer "} + token}, {"content-type", "application/json; charset=utf-8"}},
        json::serialize(body)};
}

inline json::object body_of(const Response& response) { return json::parse(response.body).as_object(); }

inline json::object call(Workspace& slack, const std::string& method, const Form& form, TimeMs now = start)
{
    return body_of(slack.handle(form_call(method, form), now));
}

inline std::string text_of(const json::object& object, const char* name)
{
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string().c_str()} : std::string{};
}

inline std::string error_of(const json::object& answer) { return text_of(answer, "error"); }

// The JSON in the payload field of an interaction.
inline json::object payload_of(const Delivery& delivery)
{
    return json::parse(form_value(*parse_form(delivery.request.body), "payload")).as_object();
}

inline Response ok(std::string body = {}, const char* type = "application/json")
{
    return Response{200, {{"content-type", type}}, std::move(body)};
}

inline const char* const button_blocks =
    R"([{"type":"section","block_id":"what","text":{"type":"mrkdwn","text":"Reset request"}},
        {"type":"actions","block_id":"req-7f3a","elements":[
          {"type":"button","action_id":"reset.approve","style":"primary","value":"v1.7f3a2c",
           "text":{"type":"plain_text","text":"Approve","emoji":true}},
          {"type":"button","action_id":"reset.deny","value":"v1.7f3a2c","text":{"type":"plain_text","text":"Deny & close"}}]}])";

inline std::string post_card(Workspace& slack, const char* where = approvals, TimeMs now = start)
{
    return text_of(
        call(
            slack, "chat.postMessage", {{"channel", where}, {"text", "Reset request"}, {"blocks", button_blocks}}, now),
        "ts");
}

inline json::value data(const std::string& name) { return standins::test::read_json("slack/" + name); }

}  // namespace standins::slack::test
