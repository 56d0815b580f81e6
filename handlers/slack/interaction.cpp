#include "handlers/slack/interaction.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/text.hpp"
#include "handlers/core/wiped_json.hpp"
#include "handlers/slack/message_text.hpp"
#include "handlers/slack/payload.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>

namespace countersign::slack {

namespace json = boost::json;

namespace {

constexpr std::size_t form_fields_max = 64;
// A person types at most 4,000 characters, of which Slack makes up to five each (&amp;).
constexpr std::size_t command_text_units_max = 40'000;
constexpr std::size_t value_units_max = 3000;  // of an input; a button has 2,000
constexpr std::size_t metadata_units_max = 3000;
constexpr std::size_t message_text_bytes_max = 4000;
constexpr std::size_t credential_bytes_max = 2000;  // response_url, trigger_id
constexpr std::size_t inputs_max = 100;             // blocks of a view
constexpr std::size_t key_bytes_max = 1024;         // of two names of 255 characters

// On an organization-wide installation `team` is null. For people of another company `team` is theirs; ours is
// app_installed_team_id.
std::optional<SlackTeamId> installed_team(const PayloadReader& payload)
{
    constexpr std::array<std::string_view, 5> places = {
        "/view/app_installed_team_id", "/team/id", "/team_id", "/user/team_id", "/view/team_id"};
    std::optional<SlackTeamId> first;
    for (const std::string_view place : places)
        if (auto team = payload.id<SlackTeamId>(place); team && !first) first = std::move(team);
    return first;
}

Source source_of(const PayloadReader& payload)
{
    Source source;
    source.app_id = payload.id_text("/api_app_id").value_or("");
    source.team = installed_team(payload);
    source.enterprise = payload.id_text("/enterprise/id");
    if (!source.enterprise) source.enterprise = payload.id_text("/team/enterprise_id");
    source.org_install = payload.flag("/is_enterprise_install");
    return source;
}

Actor actor_of(const PayloadReader& payload)
{
    return Actor{payload.required_id<SlackUserId>("/user/id"), payload.id<SlackTeamId>("/user/team_id")};
}

Secret trigger_of(const PayloadReader& payload) { return payload.required_secret("/trigger_id", credential_bytes_max); }

// A payload that was read to the end, or malformed.
template <class T>
Result<Interaction> whole(const PayloadReader& payload, T&& interaction)
{
    if (!payload.is_sound()) return Errc::malformed;
    return Interaction{std::forward<T>(interaction)};
}

bool is_command_name(std::string_view text)
{
    return text.size() >= 2 && text.size() <= 64 && text.front() == '/' &&
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7F'; });
}

Result<Interaction> read_block_action(const PayloadReader& payload)
{
    const json::value* actions = payload.find("/actions");
    // Slack's type is an array; more than one element was never seen, and would be more than one decision.
    if (actions == nullptr || !actions->is_array() || actions->get_array().size() != 1) return Errc::malformed;

    auto channel = payload.id<ChannelId>("/container/channel_id");
    if (!channel) channel = payload.id<ChannelId>("/channel/id");
    auto view = payload.id_text("/view/id");
    if (!view) view = payload.id_text("/container/view_id");
    std::string value = payload.text("/actions/0/value", value_units_max);
    std::string selected = payload.text("/actions/0/selected_option/value", value_units_max);
    return whole(
        payload,
        BlockAction{
            source_of(payload), actor_of(payload), std::move(channel), payload.ts("/container/message_ts"),
            std::move(view), payload.name("/view/hash"), payload.text("/view/private_metadata", metadata_units_max),
            payload.required_name("/actions/0/action_id"), payload.name("/actions/0/block_id"), std::move(value),
            std::move(selected), payload.secret("/response_url", credential_bytes_max), trigger_of(payload)});
}

// The values of checked boxes or of a multiple select.
std::optional<std::string> joined_options(const PayloadReader& input)
{
    const json::value* options = input.find("/selected_options");
    if (options == nullptr) return std::nullopt;
    if (!options->is_array()) input.refuse();
    std::string joined;
    for (std::size_t i = 0; options->is_array() && i < options->get_array().size(); ++i)
    {
        const std::string value = input.text("/selected_options/" + std::to_string(i) + "/value", value_units_max);
        joined += (i == 0 ? "" : "\n") + value;
    }
    return joined;
}

// The value of one input of any kind; nothing when it was left alone.
std::optional<std::string> entered(const PayloadReader& input)
{
    constexpr std::array<std::string_view, 9> places = {"/value",
                                                        "/selected_option/value",
                                                        "/selected_user",
                                                        "/selected_channel",
                                                        "/selected_conversation",
                                                        "/selected_date",
                                                        "/selected_time",
                                                        "/selected_date_time",
                                                        "/rich_text_value"};
    for (const std::string_view place : places)
    {
        const json::value* found = input.find(place);
        if (found == nullptr || !found->is_string()) continue;
        return input.text(place, value_units_max);
    }
    return joined_options(input);
}

std::map<std::string, std::string> entered_values(const PayloadReader& payload)
{
    std::map<std::string, std::string> values;
    const json::value* blocks = payload.find("/view/state/values");
    if (blocks == nullptr) return values;
    if (!blocks->is_object() || blocks->get_object().size() > inputs_max)
    {
        payload.refuse();
        return values;
    }
    for (const auto& block : blocks->get_object())
    {
        if (!block.value().is_object() || block.value().get_object().size() > inputs_max)
        {
            payload.refuse();
            return values;
        }
        for (const auto& action : block.value().get_object())
        {
            const PayloadReader input{action.value()};
            auto text = entered(input);
            std::string key{block.key().data(), block.key().size()};
            key += '/';
            key.append(action.key().data(), action.key().size());
            const std::size_t key_bytes = key.size();
            const bool is_new = !text || values.emplace(std::move(key), std::move(*text)).second;
            if (!input.is_sound() || !is_new || key_bytes > key_bytes_max) payload.refuse();
        }
    }
    return values;
}

Result<Interaction> read_view_submission(const PayloadReader& payload)
{
    return whole(
        payload,
        ViewSubmission{
            source_of(payload), actor_of(payload), payload.required_name("/view/callback_id"),
            payload.text("/view/private_metadata", metadata_units_max), payload.required_id_text("/view/id"),
            payload.name("/view/hash"), entered_values(payload), payload.secret("/trigger_id", credential_bytes_max)});
}

Result<Interaction> read_view_closed(const PayloadReader& payload)
{
    return whole(
        payload,
        ViewClosed{
            source_of(payload), actor_of(payload), payload.required_name("/view/callback_id"),
            payload.text("/view/private_metadata", metadata_units_max), payload.required_id_text("/view/id"),
            payload.flag("/is_cleared")});
}

Result<Interaction> read_shortcut(const PayloadReader& payload)
{
    return whole(
        payload,
        Shortcut{source_of(payload), actor_of(payload), payload.required_name("/callback_id"), trigger_of(payload)});
}

Result<Interaction> read_message_action(const PayloadReader& payload)
{
    auto ts = payload.ts("/message_ts");
    if (!ts) return Errc::malformed;
    const json::value* message = payload.find("/message");
    return whole(
        payload,
        MessageAction{
            source_of(payload), actor_of(payload), payload.required_name("/callback_id"),
            payload.required_id<ChannelId>("/channel/id"), std::move(*ts), payload.id<SlackUserId>("/message/user"),
            message != nullptr ? text_of_message(*message, message_text_bytes_max) : std::string{},
            payload.required_secret("/response_url", credential_bytes_max), trigger_of(payload)});
}

Result<Interaction> read_app_event(const PayloadReader& payload)
{
    AppEvent event;
    event.source.app_id = payload.id_text("/api_app_id").value_or("");
    event.source.team = payload.id<SlackTeamId>("/authorizations/0/team_id");
    if (!event.source.team) event.source.team = payload.id<SlackTeamId>("/team_id");
    event.source.enterprise = payload.id_text("/authorizations/0/enterprise_id");
    if (!event.source.enterprise) event.source.enterprise = payload.id_text("/enterprise_id");
    event.source.org_install = payload.flag("/authorizations/0/is_enterprise_install");
    event.event_id = payload.required_name("/event_id");
    event.type = payload.required_name("/event/type");
    // A person (user_change) stands there whole, elsewhere only the id.
    const json::value* user = payload.find("/event/user");
    event.user = payload.id<SlackUserId>(user != nullptr && user->is_object() ? "/event/user/id" : "/event/user");
    const json::value* channel = payload.find("/event/channel");
    event.channel =
        payload.id<ChannelId>(channel != nullptr && channel->is_object() ? "/event/channel/id" : "/event/channel");
    event.group = payload.id<SlackGroupId>("/event/subteam_id");
    event.tab = payload.name("/event/tab");
    return whole(payload, std::move(event));
}

}  // namespace

std::string_view ViewSubmission::value(std::string_view block_and_action) const
{
    const auto found = values.find(std::string{block_and_action});
    return found == values.end() ? std::string_view{} : std::string_view{found->second};
}

Result<Interaction> parse_command(const std::vector<std::pair<std::string, std::string>>& form)
{
    if (form.size() > form_fields_max) return Errc::too_large;
    json::object fields;
    for (const auto& [name, value] : form)
    {
        if (!is_valid_utf8(name) || !is_valid_utf8(value) || value.find('\0') != std::string::npos)
            return Errc::malformed;
        if (!fields.emplace(json::string_view{name}, json::string_view{value}).second) return Errc::malformed;
    }
    const json::value payload = std::move(fields);
    return read_command(payload);
}

Result<Interaction> read_command(const json::value& document)
{
    const PayloadReader payload{document};
    Source source;
    source.app_id = payload.id_text("/api_app_id").value_or("");
    source.team = payload.id<SlackTeamId>("/team_id");
    source.enterprise = payload.id_text("/enterprise_id");
    source.org_install = payload.flag("/is_enterprise_install");
    std::string command = payload.required_name("/command");
    if (!is_command_name(command)) payload.refuse();
    // The actor of a command is a member of the workspace that it was typed in.
    Actor actor{payload.required_id<SlackUserId>("/user_id"), source.team};
    return whole(
        payload,
        SlashCommand{
            std::move(source), std::move(actor), payload.required_id<ChannelId>("/channel_id"), std::move(command),
            payload.text("/text", command_text_units_max),
            payload.required_secret("/response_url", credential_bytes_max), trigger_of(payload)});
}

Result<Interaction> parse_interaction(std::string_view payload_json)
{
    const auto document = parse_wiped(payload_json);
    if (!document) return document.error();
    return read_interaction(*document);
}

Result<Interaction> read_interaction(const json::value& document)
{
    const PayloadReader payload{document};
    const std::string type = payload.required_name("/type");
    if (!payload.is_sound()) return Errc::malformed;
    if (type == "block_actions") return read_block_action(payload);
    if (type == "view_submission") return read_view_submission(payload);
    if (type == "view_closed") return read_view_closed(payload);
    if (type == "shortcut") return read_shortcut(payload);
    if (type == "message_action") return read_message_action(payload);
    return Errc::unsupported;
}

Result<Interaction> parse_event(std::string_view text)
{
    const auto document = parse_wiped(text);
    if (!document) return document.error();
    return read_event(*document);
}

Result<Interaction> read_event(const json::value& document)
{
    const PayloadReader payload{document};
    const std::string type = payload.required_name("/type");
    if (!payload.is_sound()) return Errc::malformed;
    if (type == "event_callback") return read_app_event(payload);
    if (type == "url_verification") return whole(payload, UrlVerification{payload.required_name("/challenge")});
    return Errc::unsupported;
}

}  // namespace countersign::slack
