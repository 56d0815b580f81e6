#include "tests/standins/slack/payloads.hpp"

#include "tests/standins/slack/wire.hpp"

#include <algorithm>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr const char* verification_token = "nOtUsEdAnYmOrE";
constexpr const char* some_enterprise = "E0123ABCD";

std::string enterprise_id(const State& state)
{
    return state.options.enterprise_id.empty() ? some_enterprise : state.options.enterprise_id;
}

std::string enterprise_name(const State& state)
{
    return state.options.enterprise_name.empty() ? "Acme Group" : state.options.enterprise_name;
}

std::string mention(const State& state, std::string_view word)
{
    const auto name = word.substr(1);
    if (word.front() == '@')
        for (const auto& [id, user] : state.users)
            if (user.name == name) return "<@" + id + ">";
    if (word.front() == '#')
        for (const auto& [id, channel] : state.channels)
            if (channel.name == name && channel.kind != ChannelKind::im)
                return "<#" + id + "|" + (channel.kind == ChannelKind::open ? channel.name : "") + ">";
    return {};
}

std::string word_as_delivered(const State& state, std::string_view word)
{
    const auto& options = state.options;
    if (options.should_escape && word.size() > 1 && (word.front() == '@' || word.front() == '#'))
        if (auto reference = mention(state, word); !reference.empty()) return reference;
    if (options.should_escape && (word.starts_with("https://") || word.starts_with("http://")))
        return "<" + escape_entities(word) + ">";
    if (const auto address = find_address(word); address && options.addresses_become_links)
    {
        const auto [begin, length] = *address;
        const std::string found{word.substr(begin, length)};
        return escape_entities(word.substr(0, begin)) + "<mailto:" + found + "|" + found + ">" +
            escape_entities(word.substr(begin + length));
    }
    return escape_entities(word);
}

json::value team_reference(const State& state, const User& user, const std::string& type, const Variant& variant)
{
    if (variant.org_install) return nullptr;
    // Submissions and closings of an outsider's modal name the other side.
    const bool other_side = user.standing == Standing::outsider && type.starts_with("view_");
    json::object team{
        {"id", variant.team_id.value_or(other_side ? user.team_id : state.options.team_id)},
        {"domain", other_side ? "other-side" : state.options.team_domain}};
    if (!state.options.enterprise_id.empty() && !other_side)
    {
        team["enterprise_id"] = state.options.enterprise_id;
        team["enterprise_name"] = state.options.enterprise_name;
    }
    return team;
}

}  // namespace

std::string command_text(const State& state, std::string_view typed)
{
    std::string out;
    while (!typed.empty())
    {
        const auto end = std::min(typed.find_first_of(" \t\n"), typed.size());
        if (end > 0) out += word_as_delivered(state, typed.substr(0, end));
        if (end < typed.size()) out += typed[end];
        typed.remove_prefix(std::min(end + 1, typed.size()));
    }
    return out;
}

Form command_form(const State& state, const Delivery& delivery, const Variant& variant, const std::string& typed)
{
    const auto& options = state.options;
    const auto& channel = *state.find_channel(delivery.channel);
    const auto& user = *state.find_user(delivery.user);
    const auto space = delivery.typed.find(' ');
    Form form{
        {"token", verification_token},
        {"team_id", variant.team_id.value_or(options.team_id)},
        {"team_domain", options.team_domain}};
    if (!options.enterprise_id.empty() || variant.org_install)
    {
        form.emplace_back("enterprise_id", enterprise_id(state));
        form.emplace_back("enterprise_name", enterprise_name(state));
    }
    form.emplace_back("channel_id", channel.id);
    form.emplace_back("channel_name", channel.kind == ChannelKind::im ? "directmessage" : channel.name);
    form.emplace_back("user_id", user.id);
    form.emplace_back("user_name", user.name);
    form.emplace_back("command", delivery.typed.substr(0, space));
    form.emplace_back("text", command_text(state, typed));
    form.emplace_back("api_app_id", variant.app_id.value_or(options.app_id));
    form.emplace_back("is_enterprise_install", variant.org_install ? "true" : "false");
    form.emplace_back("response_url", delivery.response_url);
    form.emplace_back("trigger_id", delivery.trigger_id);
    return form;
}

json::object interaction(const State& state, const std::string& type, const User& user, const Variant& variant)
{
    json::object person{{"id", user.id}, {"username", user.name}, {"name", user.name}};
    // A message shortcut may come without it: here it always does, the harder case.
    if (!variant.without_user_team_id && type != "message_action")
        person["team_id"] = variant.team_id.value_or(state.team_of(user));
    json::object payload{
        {"type", type},
        {"token", verification_token},
        {"user", std::move(person)},
        {"team", team_reference(state, user, type, variant)},
        {"enterprise", nullptr},
        {"is_enterprise_install", variant.org_install}};
    if (variant.org_install || !state.options.enterprise_id.empty())
        payload["enterprise"] = json::object{{"id", enterprise_id(state)}, {"name", enterprise_name(state)}};
    // Shortcuts carry no app id.
    const bool names_app = type != "shortcut" && type != "message_action";
    if (names_app || variant.app_id) payload["api_app_id"] = variant.app_id.value_or(state.options.app_id);
    return payload;
}

json::object channel_reference(const Channel& channel)
{
    return {{"id", channel.id}, {"name", channel.kind == ChannelKind::im ? "directmessage" : channel.name}};
}

json::object view_in_payload(const State& state, const View& view, const User& user)
{
    auto out = to_json(state, view);
    out["team_id"] = state.team_of(user);
    return out;
}

std::string owner_id(const State& state, const Variant& variant)
{
    return variant.org_install ? enterprise_id(state) : state.options.team_id;
}

}  // namespace standins::slack
