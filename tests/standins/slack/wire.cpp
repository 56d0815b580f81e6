#include "tests/standins/slack/wire.hpp"

#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/text.hpp"

namespace json = boost::json;

namespace standins::slack {
namespace {

bool is_foreign(const User& user) { return user.standing == Standing::outsider || user.standing == Standing::stranger; }

json::value or_null(const json::object& object, const char* name)
{
    const auto* value = object.if_contains(name);
    return value == nullptr ? json::value(nullptr) : *value;
}

json::value or_else(const json::object& object, const char* name, json::value fallback)
{
    const auto* value = object.if_contains(name);
    return value == nullptr ? fallback : *value;
}

}  // namespace

void escape_plain_texts(json::value& value)
{
    if (auto* array = value.if_array())
        for (auto& each : *array) escape_plain_texts(each);
    auto* object = value.if_object();
    if (object == nullptr) return;
    const auto* type = object->if_contains("type");
    if (type != nullptr && *type == "plain_text" && object->contains("text"))
        (*object)["text"] = escape_entities(to_text(object->at("text")));
    else
        for (auto& member : *object) escape_plain_texts(member.value());
}

json::object to_json(const State& state, const Message& message, MetadataDetail detail)
{
    json::object out{{"type", "message"}};
    if (message.by_app)
    {
        out["subtype"] = "bot_message";
        out["bot_id"] = state.options.bot_id;
        out["app_id"] = state.options.app_id;
    }
    out["user"] = message.user;
    out["ts"] = message.ts;
    out["text"] = message.text;
    out["team"] = state.options.team_id;
    if (!message.blocks.empty())
    {
        json::value blocks = message.blocks;
        escape_plain_texts(blocks);
        out["blocks"] = std::move(blocks);
    }
    if (!message.attachments.empty()) out["attachments"] = message.attachments;
    if (!message.thread_ts.empty()) out["thread_ts"] = message.thread_ts;
    if (!message.edited_ts.empty())
        out["edited"] = json::object{{"user", state.options.bot_id}, {"ts", message.edited_ts}};
    if (message.metadata)
    {
        if (detail == MetadataDetail::full)
            out["metadata"] = *message.metadata;
        else
            out["metadata"] = json::object{{"event_type", message.metadata->at("event_type")}};
    }
    return out;
}

json::object to_json(const State& state, const Channel& channel)
{
    const bool is_im = channel.kind == ChannelKind::im;
    json::object out{
        {"id", channel.id},
        {"created", 1'763'800'000},
        {"is_im", is_im},
        {"is_org_shared", channel.is_org_shared},
        {"is_archived", channel.is_archived},
        {"context_team_id", state.options.team_id},
        {"updated", 1'763'800'000'000}};
    if (is_im)
    {
        for (const auto& member : channel.members)
            if (member != state.options.bot_user_id) out["user"] = member;
        out["last_read"] = "0000000000.000000";
        out["latest"] = nullptr;
        out["unread_count"] = 0;
        out["unread_count_display"] = 0;
        out["is_open"] = true;
        out["priority"] = 0;
        return out;
    }
    out["name"] = channel.name;
    out["name_normalized"] = channel.name;
    out["is_channel"] = channel.kind == ChannelKind::open;
    out["is_group"] = channel.kind == ChannelKind::closed;
    out["is_mpim"] = channel.kind == ChannelKind::mpim;
    out["is_private"] = channel.kind != ChannelKind::open;
    out["is_general"] = false;
    out["is_member"] = state.bot_is_in(channel);
    out["is_shared"] = channel.is_ext_shared || channel.is_org_shared;
    out["is_ext_shared"] = channel.is_ext_shared;
    out["is_pending_ext_shared"] = channel.is_pending_ext_shared;
    out["pending_shared"] = json::array{};
    out["pending_connected_team_ids"] = json::array{};
    out["shared_team_ids"] = json::array{state.options.team_id};
    out["unlinked"] = 0;
    out["creator"] = channel.members.empty() ? std::string{} : channel.members.front();
    out["topic"] = json::object{{"value", ""}, {"creator", ""}, {"last_set", 0}};
    out["purpose"] = json::object{{"value", ""}, {"creator", ""}, {"last_set", 0}};
    out["previous_names"] = json::array{};
    return out;
}

json::object to_json(const State& state, const Group& group)
{
    return {
        {"id", group.id},
        {"team_id", state.options.team_id},
        {"is_usergroup", true},
        {"is_subteam", true},
        {"name", group.handle},
        {"description", ""},
        {"handle", group.handle},
        {"is_external", group.is_external},
        {"date_create", 1'763'700'000},
        {"date_update", 1'763'700'000},
        {"date_delete", group.disabled ? 1'763'800'000 : 0},
        {"auto_type", nullptr},
        {"created_by", "USLACKBOT"},
        {"updated_by", "USLACKBOT"},
        {"deleted_by", nullptr},
        {"prefs", json::object{{"channels", json::array{}}, {"groups", json::array{}}}},
        {"user_count", std::to_string(group.users.size())}};
}

json::object to_json(const State& state, const User& user, bool with_email)
{
    json::object profile{{"real_name", user.real_name}, {"real_name_normalized", user.real_name},
                         {"display_name", user.name},   {"display_name_normalized", user.name},
                         {"status_text", ""},           {"status_emoji", ""},
                         {"avatar_hash", "g000000000"}, {"team", state.team_of(user)}};
    if (with_email && !user.email.empty()) profile["email"] = user.email;
    if (user.standing == Standing::bot)
    {
        profile["bot_id"] = user.id == state.options.bot_user_id ? state.options.bot_id : "";
        profile["api_app_id"] = user.id == state.options.bot_user_id ? state.options.app_id : "";
    }
    const bool is_guest = user.standing == Standing::guest || user.standing == Standing::ultra_guest;
    json::object out{
        {"id", user.id},
        {"team_id", state.team_of(user)},
        {"name", user.name},
        {"deleted", user.standing == Standing::deactivated},
        {"profile", std::move(profile)},
        {"is_bot", user.standing == Standing::bot},
        {"is_app_user", false},
        {"updated", 1'763'700'000}};
    // A deactivated person's record is shorter, and foreign people have no role here.
    if (user.standing == Standing::deactivated) return out;
    out["real_name"] = user.real_name;
    out["color"] = "9f69e7";
    out["tz"] = "Europe/London";
    out["tz_label"] = "Greenwich Mean Time";
    out["tz_offset"] = 0;
    out["is_restricted"] = is_guest;
    out["is_ultra_restricted"] = user.standing == Standing::ultra_guest;
    out["is_stranger"] = user.standing == Standing::stranger;
    if (!is_foreign(user))
    {
        out["is_admin"] = user.is_admin;
        out["is_owner"] = false;
        out["is_primary_owner"] = false;
        out["is_email_confirmed"] = true;
        out["has_2fa"] = false;
    }
    if (!state.options.enterprise_id.empty() && !is_foreign(user))
    {
        // Wherever a member is at home, the organization has let them into this workspace too.
        json::array teams{state.options.team_id};
        if (state.team_of(user) != state.options.team_id) teams.emplace_back(state.team_of(user));
        out["enterprise_user"] = json::object{
            {"id", user.organization_id.empty() ? user.id : user.organization_id},
            {"enterprise_id", state.options.enterprise_id},
            {"enterprise_name", state.options.enterprise_name},
            {"is_admin", false},
            {"is_owner", false},
            {"teams", std::move(teams)}};
    }
    return out;
}

json::object to_json(const State& state, const View& view)
{
    const auto& content = view.content;
    json::value blocks = or_else(content, "blocks", json::array{});
    escape_plain_texts(blocks);
    json::object out{
        {"id", view.id},
        {"team_id", state.options.team_id},
        {"type", view.type},
        {"blocks", std::move(blocks)},
        {"private_metadata", or_else(content, "private_metadata", "")},
        {"callback_id", or_else(content, "callback_id", "")},
        {"external_id", or_else(content, "external_id", "")},
        {"state", json::object{{"values", view.values}}},
        {"hash", view.hash},
        {"title", or_null(content, "title")},
        {"submit", or_null(content, "submit")},
        {"close", or_null(content, "close")},
        {"clear_on_close", or_else(content, "clear_on_close", false)},
        {"notify_on_close", or_else(content, "notify_on_close", false)},
        {"root_view_id", view.root_view_id},
        {"app_id", state.options.app_id},
        {"app_installed_team_id", state.options.team_id},
        {"bot_id", state.options.bot_id}};
    out["previous_view_id"] = view.previous_view_id.empty() ? json::value(nullptr) : json::value(view.previous_view_id);
    return out;
}

}  // namespace standins::slack
