#include "tests/standins/slack/block_kit_rules.hpp"

#include <algorithm>

namespace json = boost::json;

namespace standins::slack::rules {
namespace {

// Slack has named 75 and 150 for an option's value; the smaller one holds (limits.json, value_safe).
const std::vector<Field>& plain_option()
{
    static const std::vector<Field> fields{
        {"text", true, plain<75>}, {"value", true, string<1, 75>}, {"description", false, plain<75>}};
    return fields;
}

bool offers(const json::object& element, const json::value& option)
{
    const auto among = [&](const json::value* options) {
        const auto* list = options == nullptr ? nullptr : options->if_array();
        return list != nullptr && std::find(list->begin(), list->end(), option) != list->end();
    };
    if (among(element.if_contains("options"))) return true;
    const auto* groups = element.if_contains("option_groups");
    const auto* list = groups == nullptr ? nullptr : groups->if_array();
    return list != nullptr && std::any_of(list->begin(), list->end(), [&](const json::value& group) {
               const auto* object = group.if_object();
               return object != nullptr && among(object->if_contains("options"));
           });
}

}  // namespace

void option(Findings& found, const json::value& value, const std::string& at)
{
    check_untyped(found, value, at, plain_option());
}

void mrkdwn_option(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{
        {"text", true, text<75>}, {"value", true, string<1, 75>}, {"description", false, text<75>}};
    check_untyped(found, value, at, fields);
}

void overflow_option(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{
        {"text", true, plain<75>},
        {"value", true, string<1, 75>},
        {"description", false, plain<75>},
        {"url", false, string<1, 3000>}};
    check_untyped(found, value, at, fields);
}

void option_group(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{{"label", true, plain<75>}, {"options", true, array<1, 100, option>}};
    check_untyped(found, value, at, fields);
}

void consistent_choices(Findings& found, const json::value& value, const std::string& at)
{
    const auto* object = value.if_object();
    if (object == nullptr || !object->contains("type")) return;
    const auto& type = object->at("type");
    const bool is_select = type == "static_select" || type == "multi_static_select";
    if (is_select && object->contains("options") == object->contains("option_groups"))
        found.add("must have either options or option_groups", at);
    if (!is_select && type != "radio_buttons" && type != "checkboxes") return;
    if (const auto* initial = object->if_contains("initial_option"); initial != nullptr && !offers(*object, *initial))
        found.add("must be one of the options", at + "/initial_option");
    const auto* initials = object->if_contains("initial_options");
    if (initials == nullptr || !initials->is_array()) return;
    for (const auto& initial : initials->get_array())
        if (!offers(*object, initial)) found.add("must be among the options", at + "/initial_options");
}

}  // namespace standins::slack::rules
