#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/view_stack.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace json = boost::json;

namespace standins::slack {
namespace {

enum class Holds
{
    text,
    option,
    options,
    id,
    ids,
    number
};

// Which field of an element's value carries what a person entered, and which field of the element the initial value.
struct ValueRule
{
    std::string_view type;
    const char* field;
    const char* initial;
    Holds holds;
};

constexpr std::array value_rules{
    ValueRule{"plain_text_input", "value", "initial_value", Holds::text},
    ValueRule{"email_text_input", "value", "initial_value", Holds::text},
    ValueRule{"url_text_input", "value", "initial_value", Holds::text},
    ValueRule{"number_input", "value", "initial_value", Holds::text},
    ValueRule{"static_select", "selected_option", "initial_option", Holds::option},
    ValueRule{"external_select", "selected_option", "initial_option", Holds::option},
    ValueRule{"radio_buttons", "selected_option", "initial_option", Holds::option},
    ValueRule{"overflow", "selected_option", "", Holds::option},
    ValueRule{"multi_static_select", "selected_options", "initial_options", Holds::options},
    ValueRule{"multi_external_select", "selected_options", "initial_options", Holds::options},
    ValueRule{"checkboxes", "selected_options", "initial_options", Holds::options},
    ValueRule{"users_select", "selected_user", "initial_user", Holds::id},
    ValueRule{"conversations_select", "selected_conversation", "initial_conversation", Holds::id},
    ValueRule{"channels_select", "selected_channel", "initial_channel", Holds::id},
    ValueRule{"multi_users_select", "selected_users", "initial_users", Holds::ids},
    ValueRule{"multi_conversations_select", "selected_conversations", "initial_conversations", Holds::ids},
    ValueRule{"multi_channels_select", "selected_channels", "initial_channels", Holds::ids},
    ValueRule{"datepicker", "selected_date", "initial_date", Holds::text},
    ValueRule{"timepicker", "selected_time", "initial_time", Holds::text},
    ValueRule{"datetimepicker", "selected_date_time", "initial_date_time", Holds::number},
};

const ValueRule* rule_for(const json::object& element)
{
    const auto* type = element.if_contains("type");
    if (type == nullptr) return nullptr;
    const auto name = to_text(*type);
    for (const auto& rule : value_rules)
        if (rule.type == name) return &rule;
    return nullptr;
}

const json::value* option_among(const json::value* options, const std::string& value)
{
    if (options == nullptr) return nullptr;
    for (const auto& option : options->as_array())
        if (to_text(option.at("value")) == value) return &option;
    return nullptr;
}

json::value option_with(const json::object& element, const json::value& wanted)
{
    const auto value = to_text(wanted);
    if (const auto* option = option_among(element.if_contains("options"), value)) return *option;
    if (const auto* groups = element.if_contains("option_groups"))
        for (const auto& group : groups->as_array())
            if (const auto* option = option_among(&group.at("options"), value)) return *option;
    throw std::invalid_argument{"no such option: " + value};
}

// "2026-11-22" for 0000-00-00: 0 stands for a digit.
bool looks_like(std::string_view text, std::string_view pattern)
{
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(), [](char c, char wanted) {
        return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
    });
}

json::array listed(const json::object& element, const ValueRule& rule, const json::value& input)
{
    const auto* wanted = input.if_array();
    if (wanted == nullptr) throw std::invalid_argument{"a list is chosen there"};
    const auto* max = element.if_contains("max_selected_items");
    if (max != nullptr && wanted->size() > static_cast<std::uint64_t>(max->as_int64()))
        throw std::invalid_argument{"at most " + std::to_string(max->as_int64()) + " can be chosen there"};
    json::array chosen;
    for (const auto& each : *wanted) chosen.push_back(rule.holds == Holds::options ? option_with(element, each) : each);
    return chosen;
}

// What the element holds after `input`.
json::value held(const json::object& element, const ValueRule& rule, const json::value& input)
{
    if (rule.holds == Holds::options || rule.holds == Holds::ids) return listed(element, rule, input);
    if (input.is_null()) return nullptr;
    if (rule.holds == Holds::number)
    {
        if (!input.is_int64()) throw std::invalid_argument{"a moment is chosen there, in Unix seconds"};
        return input;
    }
    if (!input.is_string()) throw std::invalid_argument{"a text is entered there"};
    if (rule.holds == Holds::option) return option_with(element, input);
    const auto text = to_text(input);
    if (rule.type == "datepicker" && !looks_like(text, "0000-00-00")) throw std::invalid_argument{"no date: " + text};
    if (rule.type == "timepicker" && !looks_like(text, "00:00")) throw std::invalid_argument{"no time: " + text};
    return text.empty() ? json::value(nullptr) : input;
}

// Calls `use` with every interactive element of a block.
template <class Use>
void each_element(const json::object& block, Use use)
{
    for (const char* single : {"accessory", "element"})
        if (const auto* element = block.if_contains(single)) use(element->as_object());
    if (block.at("type") == "actions")
        for (const auto& element : block.at("elements").as_array()) use(element.as_object());
}

}  // namespace

json::object initial_values(const json::array& blocks)
{
    json::object values;
    for (const auto& each : blocks)
    {
        const auto& block = each.as_object();
        json::object entered;
        each_element(block, [&](const json::object& element) {
            const auto* rule = rule_for(element);
            if (rule == nullptr || rule->type == "overflow") return;
            const auto* initial = element.if_contains(rule->initial);
            json::value untouched = nullptr;
            if (rule->holds == Holds::options || rule->holds == Holds::ids) untouched = json::array{};
            entered[element.at("action_id").as_string()] =
                json::object{{"type", element.at("type")}, {rule->field, initial == nullptr ? untouched : *initial}};
        });
        if (!entered.empty()) values[block.at("block_id").as_string()] = std::move(entered);
    }
    return values;
}

json::object kept_values(const json::array& blocks, const json::object& before)
{
    auto values = initial_values(blocks);
    for (auto& block : values)
    {
        const auto* old_block = before.if_contains(block.key());
        if (old_block == nullptr) continue;
        for (auto& action : block.value().as_object())
        {
            const auto* old = old_block->as_object().if_contains(action.key());
            if (old != nullptr && old->at("type") == action.value().at("type")) action.value() = *old;
        }
    }
    return values;
}

json::object values_in(const State& state, const Message& message, const std::string& user)
{
    const auto found = state.entries.find({user, message.channel, message.ts});
    return found == state.entries.end() ? initial_values(message.blocks) : kept_values(message.blocks, found->second);
}

json::object value_for(const json::object& element, const json::value& input)
{
    const auto* rule = rule_for(element);
    if (rule == nullptr) throw std::invalid_argument{"nothing can be entered there"};
    return {{"type", element.at("type")}, {rule->field, held(element, *rule, input)}};
}

bool is_filled(const json::object& value)
{
    for (const auto& member : value)
    {
        if (member.key() == "type" || member.value().is_null()) continue;
        if (const auto* list = member.value().if_array()) return !list->empty();
        return true;
    }
    return false;
}

const json::object* find_element(const json::object& block, std::string_view action_id)
{
    const json::object* found = nullptr;
    each_element(block, [&](const json::object& element) {
        const auto* own = element.if_contains("action_id");
        if (own != nullptr && to_text(*own) == action_id) found = &element;
    });
    return found;
}

}  // namespace standins::slack
