#include "tests/standins/slack/actions.hpp"
#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/payloads.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/wire.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded";

void demand_shortcut(const WorkspaceOptions& options, ShortcutKind kind, const std::string& callback_id)
{
    const auto& known = options.shortcuts;
    const bool has = std::any_of(known.begin(), known.end(), [&](const Shortcut& each) {
        return each.kind == kind && each.callback_id == callback_id;
    });
    if (!has) throw CannotAct{"the app has no such shortcut: " + callback_id};
}

bool is_ours(const User& user) { return user.standing != Standing::outsider && user.standing != Standing::stranger; }

}  // namespace

const User& Workspace::actor(const std::string& user) const
{
    const auto* person = state_.find_user(user);
    if (person == nullptr) throw CannotAct{"there is nobody with the id " + user};
    if (person->standing == Standing::deactivated) throw CannotAct{person->real_name + " is deactivated"};
    if (person->standing == Standing::bot) throw CannotAct{person->real_name + " is a bot"};
    return *person;
}

const Channel& Workspace::seen_channel(const User& user, const std::string& channel) const
{
    const auto* place = state_.find_channel(channel);
    if (place == nullptr || !sees(user, *place)) throw CannotAct{user.real_name + " does not see this channel"};
    return *place;
}

bool Workspace::is_read_only(const Channel& channel) const
{
    return channel.kind == ChannelKind::im && state_.bot_is_in(channel) && state_.options.messages_tab_read_only;
}

Message& Workspace::seen_message(const User& user, const std::string& channel, const std::string& ts)
{
    seen_channel(user, channel);
    auto* message = state_.find_message(channel, ts);
    if (message == nullptr || (message->is_ephemeral() && message->visible_to != user.id))
        throw CannotAct{user.real_name + " does not see this message"};
    return *message;
}

Delivery Workspace::interaction_delivery(
    Delivery delivery, const json::object& payload, TimeMs now, const Variant& variant)
{
    delivery.sent_at = now;
    delivery.request = signed_request(
        state_.options, state_.options.interactions_path, form_type,
        print_form({{"payload", json::serialize(payload)}}), now, variant.forgery);
    return delivery;
}

Delivery Workspace::command(
    const std::string& user, const std::string& channel, const std::string& command, const std::string& text,
    TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    if (!is_ours(person)) throw CannotAct{"people of other workspaces cannot run our commands"};
    const auto& place = seen_channel(person, channel);
    if (is_read_only(place)) throw CannotAct{"writing to this app has been turned off"};
    const auto& known = state_.options.commands;
    if (std::none_of(known.begin(), known.end(), [&](const auto& each) { return each.command == command; }))
        throw CannotAct{command + " is not a valid command"};
    Delivery delivery;
    delivery.kind = DeliveryKind::command;
    delivery.user = user;
    delivery.channel = place.id;
    delivery.typed = text.empty() ? command : command + ' ' + text;
    delivery.sent_at = now;
    delivery.trigger_id = state_.new_trigger(user, now);
    delivery.response_url =
        state_.new_response_url("commands", owner_id(state_, variant), ResponseUrl{place.id, user, {}, 5, 0}, now);
    const auto form = command_form(state_, delivery, variant, text);
    delivery.request =
        signed_request(state_.options, state_.options.commands_path, form_type, print_form(form), now, variant.forgery);
    return delivery;
}

Delivery Workspace::act_on_message(
    const User& user, const Message& message, json::object action, TimeMs now, const Variant& variant)
{
    Delivery delivery;
    delivery.kind = DeliveryKind::block_actions;
    delivery.user = user.id;
    delivery.channel = message.channel;
    delivery.trigger_id = state_.new_trigger(user.id, now);
    delivery.response_url = state_.new_response_url(
        "actions", owner_id(state_, variant), ResponseUrl{message.channel, user.id, message.ts, 5, 0}, now);
    auto payload = interaction(state_, "block_actions", user, variant);
    payload["container"] = json::object{
        {"type", "message"},
        {"message_ts", message.ts},
        {"channel_id", message.channel},
        {"is_ephemeral", message.is_ephemeral()}};
    payload["channel"] = channel_reference(*state_.find_channel(message.channel));
    // Slack keeps no copy of an ephemeral message that it could send along.
    if (!message.is_ephemeral()) payload["message"] = to_json(state_, message, MetadataDetail::full);
    payload["state"] = json::object{{"values", values_in(state_, message, user.id)}};
    payload["trigger_id"] = delivery.trigger_id;
    payload["response_url"] = delivery.response_url;
    json::array actions;
    actions.push_back(std::move(action));
    payload["actions"] = std::move(actions);
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

Delivery Workspace::click(
    const std::string& user, const std::string& channel, const std::string& message_ts, const std::string& action_id,
    TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    const auto& message = seen_message(person, channel, message_ts);
    auto action = pressed(find_action(message.blocks, action_id), state_.next_ts(now));
    return act_on_message(person, message, std::move(action), now, variant);
}

std::optional<Delivery> Workspace::choose(
    const std::string& user, const std::string& channel, const std::string& message_ts, const std::string& action_id,
    const json::value& input, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    const auto& message = seen_message(person, channel, message_ts);
    const auto found = find_action(message.blocks, action_id);
    auto value = entered(state_, found, input);
    remember(state_.entries[{user, channel, message_ts}], found, value);
    ++state_.revision;
    if (!dispatches(found)) return std::nullopt;
    return act_on_message(person, message, chosen(found, std::move(value), state_.next_ts(now)), now, variant);
}

Delivery Workspace::shortcut(
    const std::string& user, const std::string& callback_id, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    if (!is_ours(person)) throw CannotAct{"people of other workspaces cannot use our shortcuts"};
    demand_shortcut(state_.options, ShortcutKind::global, callback_id);
    Delivery delivery;
    delivery.kind = DeliveryKind::shortcut;
    delivery.user = user;
    delivery.trigger_id = state_.new_trigger(user, now);
    auto payload = interaction(state_, "shortcut", person, variant);
    payload["callback_id"] = callback_id;
    payload["action_ts"] = state_.next_ts(now);
    payload["trigger_id"] = delivery.trigger_id;
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

Delivery Workspace::message_shortcut(
    const std::string& user, const std::string& channel, const std::string& message_ts, const std::string& callback_id,
    TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    if (!is_ours(person)) throw CannotAct{"people of other workspaces cannot use our shortcuts"};
    demand_shortcut(state_.options, ShortcutKind::message, callback_id);
    const auto& message = seen_message(person, channel, message_ts);
    if (message.is_ephemeral()) throw CannotAct{"an ephemeral message has no shortcuts"};
    Delivery delivery;
    delivery.kind = DeliveryKind::message_action;
    delivery.user = user;
    delivery.channel = channel;
    delivery.trigger_id = state_.new_trigger(user, now);
    delivery.response_url = state_.new_response_url(
        "app-actions", owner_id(state_, variant), ResponseUrl{channel, user, message.ts, 5, 0}, now);
    auto payload = interaction(state_, "message_action", person, variant);
    payload["callback_id"] = callback_id;
    payload["action_ts"] = state_.next_ts(now);
    payload["trigger_id"] = delivery.trigger_id;
    payload["channel"] = channel_reference(*state_.find_channel(channel));
    payload["message_ts"] = message_ts;
    payload["message"] = to_json(state_, message, MetadataDetail::full);
    payload["response_url"] = delivery.response_url;
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

std::string Workspace::open_conversation(const std::string& user)
{
    actor(user);
    if (!state_.options.messages_tab_enabled) throw CannotAct{"the app has no Messages tab"};
    return state_.direct_channel(user).id;
}

std::string Workspace::say(const std::string& user, const std::string& channel, const std::string& text, TimeMs now)
{
    const auto& person = actor(user);
    const auto& place = seen_channel(person, channel);
    if (!state_.is_member(place, user)) throw CannotAct{person.real_name + " is not in #" + place.name};
    if (place.is_archived) throw CannotAct{"the channel is archived"};
    if (is_read_only(place)) throw CannotAct{"writing to this app has been turned off"};
    Message message;
    message.channel = channel;
    message.user = user;
    message.text = command_text(state_, text);
    return state_.add_message(std::move(message), now);
}

}  // namespace standins::slack
