#include "tests/standins/slack/form_checks.hpp"

#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <optional>

namespace json = boost::json;

namespace standins::slack {
namespace {

bool says_yes(const json::object& object, const char* name)
{
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::int64_t number_or(const json::object& object, const char* name, std::int64_t fallback)
{
    const auto* value = object.if_contains(name);
    return value == nullptr || !value->is_int64() ? fallback : value->get_int64();
}

std::string text_or_empty(const json::object& object, const char* name)
{
    const auto* value = object.if_contains(name);
    return value == nullptr ? std::string{} : to_text(*value);
}

std::optional<double> number_in(const std::string& text)
{
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

void demand_number(const json::object& element, const std::string& text)
{
    const auto number = number_in(text);
    const bool is_whole = text.find_first_not_of("+-0123456789") == std::string::npos;
    if (!number || (!is_whole && !says_yes(element, "is_decimal_allowed"))) throw CannotAct{"enter a number"};
    const auto min = number_in(text_or_empty(element, "min_value"));
    const auto max = number_in(text_or_empty(element, "max_value"));
    if ((min && *number < *min) || (max && *number > *max)) throw CannotAct{"the number is too small or too large"};
}

void demand_text(const std::string& block_id, const json::object& element, const std::string& text)
{
    const auto type = to_text(element.at("type"));
    const auto length = static_cast<std::int64_t>(utf16_length(text));
    if (length < number_or(element, "min_length", 0) || length > number_or(element, "max_length", 3'000))
        throw CannotAct{"the field " + block_id + " is too short or too long"};
    if (type == "number_input") demand_number(element, text);
    const auto address = find_address(text);
    const bool is_address = address && address->first == 0 && address->second == text.size();
    if (type == "email_text_input" && !is_address) throw CannotAct{"enter an e-mail address"};
    const bool is_link = text.starts_with("https://") || text.starts_with("http://");
    if (type == "url_text_input" && !is_link) throw CannotAct{"enter a link that begins with https://"};
}

}  // namespace

void demand_complete(const View& view)
{
    for (const auto& each : view.content.at("blocks").as_array())
    {
        const auto& block = each.as_object();
        if (block.at("type") != "input") continue;
        const auto& element = block.at("element").as_object();
        const auto id = to_text(block.at("block_id"));
        const auto& value = view.values.at(id).as_object().at(element.at("action_id").as_string()).as_object();
        if (!is_filled(value))
        {
            if (!says_yes(block, "optional")) throw CannotAct{"the field " + id + " is required"};
            continue;
        }
        if (const auto* text = value.if_contains("value")) demand_text(id, element, to_text(*text));
    }
}

}  // namespace standins::slack
