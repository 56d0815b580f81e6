#include "tests/standins/slack/block_kit_rules.hpp"

#include "tests/standins/slack/text.hpp"

#include <algorithm>
#include <cctype>

namespace json = boost::json;

namespace standins::slack::rules {
namespace {

void style(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"primary", "danger"});
}

// `pattern`: 0 stands for a digit, anything else for itself.
void check_pattern(Findings& found, const json::value& value, const std::string& at, std::string_view pattern)
{
    const auto* string = value.if_string();
    const auto fits = [](char c, char wanted) {
        return wanted == '0' ? std::isdigit(static_cast<unsigned char>(c)) != 0 : c == wanted;
    };
    if (string == nullptr || !std::equal(string->begin(), string->end(), pattern.begin(), pattern.end(), fits))
        found.add("must look like " + std::string{pattern}, at);
}

void date(Findings& found, const json::value& value, const std::string& at)
{
    check_pattern(found, value, at, "0000-00-00");
}
void time_of_day(Findings& found, const json::value& value, const std::string& at)
{
    check_pattern(found, value, at, "00:00");
}

void dispatch_trigger(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"on_enter_pressed", "on_character_entered"});
}

void dispatch_config(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{{"trigger_actions_on", false, array<1, 2, dispatch_trigger>}};
    check_untyped(found, value, at, fields);
}

void conversation_kind(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"im", "mpim", "private", "public"});
}

void conversation_filter(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{
        {"include", false, array<1, 4, conversation_kind>},
        {"exclude_external_shared_channels", false, boolean},
        {"exclude_bot_users", false, boolean}};
    check_untyped(found, value, at, fields);
}

// What every interactive element has, the element's own fields, and for selects and inputs a placeholder.
Shape element(std::string_view type, std::vector<Field> own)
{
    own.push_back({"action_id", false, action_id});
    return {type, std::move(own)};
}

Shape picker(std::string_view type, std::vector<Field> own)
{
    own.push_back({"placeholder", false, plain<150>});
    own.push_back({"confirm", false, confirm});
    own.push_back({"focus_on_load", false, focus});
    return element(type, std::move(own));
}

Shape multi_picker(std::string_view type, std::vector<Field> own)
{
    own.push_back({"max_selected_items", false, integer<1, 1000>});
    return picker(type, std::move(own));
}

Shape text_input(std::string_view type, std::vector<Field> own)
{
    own.push_back({"placeholder", false, plain<150>});
    own.push_back({"dispatch_action_config", false, dispatch_config});
    own.push_back({"focus_on_load", false, focus});
    return element(type, std::move(own));
}

std::vector<Shape> selects()
{
    return {
        picker(
            "static_select",
            {{"options", false, array<1, 100, option>},
             {"option_groups", false, array<1, 100, option_group>},
             {"initial_option", false, option}}),
        picker("external_select", {{"initial_option", false, option}, {"min_query_length", false, integer<0, 1000>}}),
        picker("users_select", {{"initial_user", false, string<1, 255>}}),
        picker(
            "conversations_select",
            {{"initial_conversation", false, string<1, 255>},
             {"default_to_current_conversation", false, boolean},
             {"response_url_enabled", false, boolean},
             {"filter", false, conversation_filter}}),
        picker(
            "channels_select", {{"initial_channel", false, string<1, 255>}, {"response_url_enabled", false, boolean}}),
        multi_picker(
            "multi_static_select",
            {{"options", false, array<1, 100, option>},
             {"option_groups", false, array<1, 100, option_group>},
             {"initial_options", false, array<1, 100, option>}}),
        multi_picker(
            "multi_external_select",
            {{"initial_options", false, array<1, 100, option>}, {"min_query_length", false, integer<0, 1000>}}),
        multi_picker("multi_users_select", {{"initial_users", false, array<1, 100, string<1, 255>>}}),
        multi_picker(
            "multi_conversations_select",
            {{"initial_conversations", false, array<1, 100, string<1, 255>>},
             {"default_to_current_conversation", false, boolean},
             {"filter", false, conversation_filter}}),
        multi_picker("multi_channels_select", {{"initial_channels", false, array<1, 100, string<1, 255>>}}),
    };
}

std::vector<Shape> choices()
{
    return {
        element(
            "radio_buttons",
            {{"options", true, array<1, 10, mrkdwn_option>},
             {"initial_option", false, mrkdwn_option},
             {"confirm", false, confirm},
             {"focus_on_load", false, focus}}),
        element(
            "checkboxes",
            {{"options", true, array<1, 10, mrkdwn_option>},
             {"initial_options", false, array<1, 10, mrkdwn_option>},
             {"confirm", false, confirm},
             {"focus_on_load", false, focus}}),
        picker("datepicker", {{"initial_date", false, date}}),
        picker("timepicker", {{"initial_time", false, time_of_day}, {"timezone", false, string<1, 255>}}),
    };
}

Shape datetimepicker()
{
    return element(
        "datetimepicker",
        {{"initial_date_time", false, integer<1'000'000'000, 9'999'999'999>},
         {"confirm", false, confirm},
         {"focus_on_load", false, focus}});
}

std::vector<Shape> pressables()
{
    return {
        element(
            "button",
            {{"text", true, plain<75>},
             {"url", false, string<1, 3000>},
             {"value", false, string<1, 2000>},
             {"style", false, style},
             {"confirm", false, confirm},
             {"accessibility_label", false, string<1, 75>}}),
        element("overflow", {{"options", true, array<2, 5, overflow_option>}, {"confirm", false, confirm}}),
    };
}

Shape image_element() { return {"image", {{"image_url", true, http_url}, {"alt_text", true, string<1, 2000>}}}; }

std::vector<Shape> text_inputs()
{
    return {
        text_input(
            "plain_text_input",
            {{"initial_value", false, string<0, 3000>},
             {"multiline", false, boolean},
             {"min_length", false, integer<0, 3000>},
             {"max_length", false, integer<1, 3000>}}),
        text_input("email_text_input", {{"initial_value", false, string<0, 3000>}}),
        text_input("url_text_input", {{"initial_value", false, string<0, 3000>}}),
        text_input(
            "number_input",
            {{"is_decimal_allowed", true, boolean},
             {"initial_value", false, string<1, 255>},
             {"min_value", false, string<1, 255>},
             {"max_value", false, string<1, 255>}}),
    };
}

void append(std::vector<Shape>& to, std::vector<Shape> from)
{
    for (auto& shape : from) to.push_back(std::move(shape));
}

}  // namespace

void section_accessory(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes = [] {
        auto all = pressables();
        append(all, selects());
        append(all, choices());
        all.push_back(image_element());
        return all;
    }();
    check_one_of(found, value, at, shapes);
    consistent_choices(found, value, at);
}

void actions_element(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes = [] {
        auto all = pressables();
        append(all, selects());
        append(all, choices());
        all.push_back(datetimepicker());
        return all;
    }();
    check_one_of(found, value, at, shapes);
    consistent_choices(found, value, at);
}

void input_element(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes = [] {
        auto all = text_inputs();
        append(all, selects());
        append(all, choices());
        all.push_back(datetimepicker());
        return all;
    }();
    check_one_of(found, value, at, shapes);
    consistent_choices(found, value, at);
}

void context_element(Findings& found, const json::value& value, const std::string& at)
{
    const auto* object = value.if_object();
    if (object != nullptr && object->contains("type") && object->at("type") == "image")
    {
        static const std::vector<Shape> shapes{image_element()};
        check_one_of(found, value, at, shapes);
    }
    else
        text<3000>(found, value, at);
}

}  // namespace standins::slack::rules
