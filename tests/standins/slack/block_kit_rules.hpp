#pragma once

#include "tests/standins/slack/surface.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The vocabulary in which the rules are written: a shape is a type's name and its fields, a field has a check.
namespace standins::slack::rules {

class Findings
{
public:
    explicit Findings(Surface surface_) : surface{surface_} {}

    void add(std::string_view sentence, const std::string& at);

    const Surface surface;
    std::vector<std::string> sentences;
    std::set<std::string> block_ids;   // seen so far in this message or view
    std::set<std::string> action_ids;  // seen so far in this block
    std::size_t markdown_units = 0;    // of all markdown blocks
    bool has_input = false;
    bool has_focus = false;  // an element takes the cursor when the view opens
    bool has_table = false;
};

using Check = void (*)(Findings&, const boost::json::value&, const std::string& at);

struct Field
{
    std::string_view name;
    bool required = false;
    Check check = nullptr;
};

struct Shape
{
    std::string_view type;
    std::vector<Field> fields;  // besides `type`
};

// The object's fields against the shape's. `has_type` is false for objects that carry no `type` (options, confirm).
void check_fields(
    Findings& found, const boost::json::object& object, const std::string& at, std::span<const Field> fields,
    bool has_type);
// The same for a value that must be an object without a type.
void check_untyped(
    Findings& found, const boost::json::value& value, const std::string& at, std::span<const Field> fields);
// The shape that `type` names, checked; a missing or unknown type is a finding.
void check_one_of(
    Findings& found, const boost::json::value& value, const std::string& at, std::span<const Shape> shapes);

void check_string(Findings&, const boost::json::value&, const std::string& at, std::size_t min, std::size_t max);
void check_text(Findings&, const boost::json::value&, const std::string& at, std::size_t max, bool plain_only);
void check_integer(Findings&, const boost::json::value&, const std::string& at, std::int64_t min, std::int64_t max);
// Nothing when the value is no array or has a wrong number of items (then that is a finding).
const boost::json::array* check_array(
    Findings&, const boost::json::value&, const std::string& at, std::size_t min, std::size_t max);
void check_choice(
    Findings&, const boost::json::value&, const std::string& at, std::initializer_list<std::string_view> choices);

void boolean(Findings&, const boost::json::value&, const std::string& at);
// An address that a browser opens.
void http_url(Findings&, const boost::json::value&, const std::string& at);
// focus_on_load, which one element of a view may have.
void focus(Findings&, const boost::json::value&, const std::string& at);
void block_id(Findings&, const boost::json::value&, const std::string& at);
void action_id(Findings&, const boost::json::value&, const std::string& at);
void confirm(Findings&, const boost::json::value&, const std::string& at);

template <std::size_t Min, std::size_t Max>
void string(Findings& found, const boost::json::value& value, const std::string& at)
{
    check_string(found, value, at, Min, Max);
}

// A text object of type plain_text.
template <std::size_t Max>
void plain(Findings& found, const boost::json::value& value, const std::string& at)
{
    check_text(found, value, at, Max, true);
}

// A text object, plain_text or mrkdwn.
template <std::size_t Max>
void text(Findings& found, const boost::json::value& value, const std::string& at)
{
    check_text(found, value, at, Max, false);
}

template <std::int64_t Min, std::int64_t Max>
void integer(Findings& found, const boost::json::value& value, const std::string& at)
{
    check_integer(found, value, at, Min, Max);
}

template <std::size_t Min, std::size_t Max, Check Item>
void array(Findings& found, const boost::json::value& value, const std::string& at)
{
    const auto* items = check_array(found, value, at, Min, Max);
    if (items == nullptr) return;
    for (std::size_t i = 0; i < items->size(); ++i) Item(found, (*items)[i], at + '/' + std::to_string(i));
}

// Options of selects, radio buttons, checkboxes and overflow menus (block_kit_options.cpp).
void option(Findings&, const boost::json::value&, const std::string& at);
void mrkdwn_option(Findings&, const boost::json::value&, const std::string& at);
void overflow_option(Findings&, const boost::json::value&, const std::string& at);
void option_group(Findings&, const boost::json::value&, const std::string& at);
// A static select has options or groups of options, one of the two; what is chosen at first is exactly one of them.
void consistent_choices(Findings&, const boost::json::value& element, const std::string& at);
// Interactive elements by where they may stand (block_kit_elements.cpp).
void section_accessory(Findings&, const boost::json::value&, const std::string& at);
void actions_element(Findings&, const boost::json::value&, const std::string& at);
void input_element(Findings&, const boost::json::value&, const std::string& at);
void context_element(Findings&, const boost::json::value&, const std::string& at);
// rich_text's elements (block_kit_rich_text.cpp).
void rich_text_element(Findings&, const boost::json::value&, const std::string& at);

}  // namespace standins::slack::rules
