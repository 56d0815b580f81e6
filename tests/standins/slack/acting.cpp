#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/payloads.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/wire.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace json = boost::json;

namespace standins::slack {
namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded";

bool is_ours(const User& user) { return user.standing != Standing::outsider && user.standing != Standing::stranger; }

struct Found
{
    const json::object* block = nullptr;
    const json::object* element = nullptr;
};

Found find_in_blocks(const json::array& blocks, const std::string& action_id)
{
    for (const auto& each : blocks)
    {
        const auto& block = each.as_object();
        if (const auto* element = find_element(block, action_id)) return {&block, element};
    }
    throw CannotAct{"nothing there has the action_id " + action_id};
}

// A press as the payload tells it: the button without what is only drawn.
json::object pressed(const Found& found, const std::string& action_ts)
{
    const auto& element = *found.element;
    if (element.at("type") != "button") throw CannotAct{"that is no button"};
    json::object action{{"action_ts", action_ts}};
    for (const char* name : {"type", "action_id", "text", "value", "style", "url"})
        if (const auto* value = element.if_contains(name)) action[name] = *value;
    action["block_id"] = found.block->at("block_id");
    return action;
}

json::object chosen(const Found& found, const json::value& input, const std::string& action_ts)
{
    try
    {
        auto action = value_for(*found.element, input);
        action["action_id"] = found.element->at("action_id");
        action["block_id"] = found.block->at("block_id");
        action["action_ts"] = action_ts;
        return action;
    }
    catch (const std::invalid_argument& problem)
    {
        throw CannotAct{problem.what()};
    }
}

}  // namespace

const User& Workspace::actor(const std::string& user) const
{
    const auto* person = state_.find_user(user);
    if (person == nullptr) throw CannotAct{"there is nobody with the id " + user};
    if (person->standing == Standing::deactivated) throw CannotAct{user + " is deactivated"};
    if (person->standing == Standing::bot) throw CannotAct{user + " is a bot"};
    return *person;
}

const Channel& Workspace::seen_channel(const User& user, const std::string& channel) const
{
    const auto* place = state_.find_channel(channel);
    if (place == nullptr || !sees(user, *place)) throw CannotAct{user.id + " does not see the channel " + channel};
    return *place;
}

Message& Workspace::seen_message(const User& user, const std::string& channel, const std::string& ts)
{
    seen_channel(user, channel);
    auto* message = state_.find_message(channel, ts);
    if (message == nullptr || (message->is_ephemeral() && message->visible_to != user.id))
        throw CannotAct{user.id + " sees no message " + ts};
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
    payload["state"] = json::object{{"values", initial_values(message.blocks)}};
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
    auto action = pressed(find_in_blocks(message.blocks, action_id), state_.next_ts(now));
    return act_on_message(person, message, std::move(action), now, variant);
}

Delivery Workspace::choose(
    const std::string& user, const std::string& channel, const std::string& message_ts, const std::string& action_id,
    const json::value& input, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    const auto& message = seen_message(person, channel, message_ts);
    auto action = chosen(find_in_blocks(message.blocks, action_id), input, state_.next_ts(now));
    return act_on_message(person, message, std::move(action), now, variant);
}

Delivery Workspace::shortcut(
    const std::string& user, const std::string& callback_id, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    if (!is_ours(person)) throw CannotAct{"people of other workspaces cannot use our shortcuts"};
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
    if (!state_.is_member(seen_channel(person, channel), user)) throw CannotAct{user + " is not in " + channel};
    Message message;
    message.channel = channel;
    message.user = user;
    message.text = command_text(state_, text);
    return state_.add_message(std::move(message), now);
}

Delivery Workspace::click_in_view(
    const std::string& user, const std::string& action_id, TimeMs now, const Variant& variant)
{
    const auto& person = actor(user);
    const auto stack = state_.modals.find(user);
    const auto home = state_.homes.find(user);
    const View* view = nullptr;
    if (stack != state_.modals.end() && !stack->second.empty())
        view = &stack->second.back();
    else if (home != state_.homes.end())
        view = &home->second;
    else
        throw CannotAct{user + " sees no view"};

    Delivery delivery;
    delivery.kind = DeliveryKind::block_actions;
    delivery.user = user;
    delivery.view_id = view->id;
    delivery.trigger_id = state_.new_trigger(user, now, view->type == "modal" ? view->root_view_id : std::string{});
    auto action = pressed(find_in_blocks(view->content.at("blocks").as_array(), action_id), state_.next_ts(now));
    auto payload = interaction(state_, "block_actions", person, variant);
    payload["container"] = json::object{{"type", "view"}, {"view_id", view->id}};
    payload["view"] = view_in_payload(state_, *view, person);
    payload["trigger_id"] = delivery.trigger_id;
    json::array actions;
    actions.push_back(std::move(action));
    payload["actions"] = std::move(actions);
    return interaction_delivery(std::move(delivery), payload, now, variant);
}

}  // namespace standins::slack
