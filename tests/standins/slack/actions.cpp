#include "tests/standins/slack/actions.hpp"

#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <algorithm>
#include <stdexcept>

namespace json = boost::json;

namespace standins::slack {
namespace {

// A picker of people or channels offers only those that exist.
void demand_known(const State& state, const json::object& value)
{
    const auto demand = [&](const json::value& id) {
        const auto text = to_text(id);
        if (state.find_user(text) == nullptr && state.find_channel(text) == nullptr)
            throw CannotAct{"there is nothing to choose with the id " + text};
    };
    for (const auto& member : value)
    {
        if (member.key() == "type") continue;
        if (member.value().is_string()) demand(member.value());
        if (const auto* ids = member.value().if_array())
            for (const auto& id : *ids) demand(id);
    }
}

}  // namespace

Found find_action(const json::array& blocks, const std::string& action_id)
{
    for (const auto& each : blocks)
    {
        const auto& block = each.as_object();
        if (const auto* element = find_element(block, action_id)) return {&block, element};
    }
    throw CannotAct{"there is no such button or menu any more: " + action_id};
}

Found find_action(const json::array& blocks, const std::string& block_id, const std::string& action_id)
{
    for (const auto& each : blocks)
    {
        const auto& block = each.as_object();
        if (to_text(block.at("block_id")) != block_id) continue;
        if (const auto* element = find_element(block, action_id)) return {&block, element};
    }
    throw CannotAct{"the block " + block_id + " has nothing with the action_id " + action_id};
}

bool dispatches(const Found& found)
{
    if (found.block->at("type") != "input") return true;
    const auto* says = found.block->if_contains("dispatch_action");
    return says != nullptr && says->is_bool() && says->get_bool();
}

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

json::object entered(const State& state, const Found& found, const json::value& input)
{
    json::object value;
    try
    {
        value = value_for(*found.element, input);
    }
    catch (const std::invalid_argument& problem)
    {
        throw CannotAct{problem.what()};
    }
    const auto type = to_text(found.element->at("type"));
    for (const char* kind : {"users_select", "channels_select", "conversations_select"})
        if (type.ends_with(kind)) demand_known(state, value);
    return value;
}

json::object chosen(const Found& found, json::object value, const std::string& action_ts)
{
    value["action_id"] = found.element->at("action_id");
    value["block_id"] = found.block->at("block_id");
    value["action_ts"] = action_ts;
    return value;
}

void remember(json::object& values, const Found& found, json::object value)
{
    // An overflow menu keeps no choice.
    if (found.element->at("type") == "overflow") return;
    auto& block = values[found.block->at("block_id").as_string()];
    if (!block.is_object()) block = json::object{};
    block.get_object()[found.element->at("action_id").as_string()] = std::move(value);
}

}  // namespace standins::slack
