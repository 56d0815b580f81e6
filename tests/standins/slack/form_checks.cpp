#include "tests/standins/slack/form_checks.hpp"

#include "tests/standins/slack/call.hpp"
#include "tests/standins/slack/text.hpp"
#include "tests/standins/slack/view_stack.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/json/array.hpp>

#include <charconv>
#include <optional>
#include <stdexcept>

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
    if (!number || (!is_whole && !says_yes(element, "is_decimal_allowed")))
        throw std::invalid_argument{"enter a number"};
    const auto min = number_in(text_or_empty(element, "min_value"));
    const auto max = number_in(text_or_empty(element, "max_value"));
    if ((min && *number < *min) || (max && *number > *max))
        throw std::invalid_argument{"the number is too small or too large"};
}

void demand_text(const json::object& element, const std::string& text)
{
    const auto type = to_text(element.at("type"));
    const auto length = static_cast<std::int64_t>(utf16_length(text));
    if (length < number_or(element, "min_length", 0) || length > number_or(element, "max_length", 3'000))
        throw std::invalid_argument{"this is too short or too long"};
    if (type == "number_input") demand_number(element, text);
    const auto address = find_address(text);
    const bool is_address = address && address->first == 0 && address->second == text.size();
    if (type == "email_text_input" && !is_address) throw std::invalid_argument{"enter an e-mail address"};
    const bool is_link = text.starts_with("https://") || text.starts_with("http://");
    if (type == "url_text_input" && !is_link) throw std::invalid_argument{"enter a link that begins with https://"};
}

void demand_filled(const View& view, const json::object& block)
{
    const auto& element = block.at("element").as_object();
    const auto& values = view.values.at(block.at("block_id").as_string()).as_object();
    const auto& value = values.at(element.at("action_id").as_string()).as_object();
    if (is_filled(value))
    {
        if (const auto* text = value.if_contains("value")) demand_text(element, to_text(*text));
    }
    else if (!says_yes(block, "optional"))
        throw std::invalid_argument{"please fill in this field"};
}

}  // namespace

void demand_complete(const View& view)
{
    for (const auto& each : view.content.at("blocks").as_array())
    {
        const auto& block = each.as_object();
        if (block.at("type") != "input") continue;
        try
        {
            demand_filled(view, block);
        }
        catch (const std::invalid_argument& problem)
        {
            throw CannotAct{to_text(block.at("label").at("text")) + ": " + problem.what()};
        }
    }
}

}  // namespace standins::slack
