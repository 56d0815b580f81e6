#include "tests/standins/slack/block_kit_rules.hpp"

#include "tests/standins/slack/text.hpp"

#include <algorithm>

namespace json = boost::json;

namespace standins::slack::rules {
namespace {

std::string name_of(const json::value& value)
{
    const auto* text = value.if_string();
    return text == nullptr ? std::string{} : std::string{text->data(), text->size()};
}

const Field* field_named(std::span<const Field> fields, std::string_view name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

void unique_id(
    Findings& found, std::set<std::string>& seen, const json::value& value, const std::string& at, const char* what)
{
    check_string(found, value, at, 1, 255);
    if (value.is_string() && !seen.insert(name_of(value)).second)
        found.add(std::string{"`"} + what + "` must be unique", at);
}

}  // namespace

void Findings::add(std::string_view sentence, const std::string& at)
{
    sentences.push_back("[ERROR] " + std::string{sentence} + " [json-pointer:" + (at.empty() ? "/" : at) + "]");
}

void check_fields(
    Findings& found, const json::object& object, const std::string& at, std::span<const Field> fields, bool has_type)
{
    for (const auto& field : fields)
        if (field.required && !object.contains(field.name))
            found.add("missing required field: " + std::string{field.name}, at);
    for (const auto& member : object)
    {
        const std::string key{member.key().data(), member.key().size()};
        if (has_type && key == "type") continue;
        const auto* field = field_named(fields, key);
        if (field == nullptr)
            found.add("invalid additional property: " + key, at);
        else
            field->check(found, member.value(), at + '/' + key);
    }
}

void check_untyped(Findings& found, const json::value& value, const std::string& at, std::span<const Field> fields)
{
    if (const auto* object = value.if_object())
        check_fields(found, *object, at, fields, false);
    else
        found.add("must be an object", at);
}

void check_one_of(Findings& found, const json::value& value, const std::string& at, std::span<const Shape> shapes)
{
    const auto* object = value.if_object();
    if (object == nullptr) return found.add("must be an object", at);
    const auto* type = object->if_contains("type");
    if (type == nullptr || !type->is_string()) return found.add("missing required field: type", at);
    const auto name = name_of(*type);
    const auto shape = std::find_if(shapes.begin(), shapes.end(), [&](const Shape& each) { return each.type == name; });
    if (shape == shapes.end()) return found.add("unsupported type: " + name, at + "/type");
    check_fields(found, *object, at, shape->fields, true);
}

void check_string(Findings& found, const json::value& value, const std::string& at, std::size_t min, std::size_t max)
{
    const auto* string = value.if_string();
    if (string == nullptr) return found.add("must be a string", at);
    const auto length = utf16_length(std::string_view{string->data(), string->size()});
    if (length < min) found.add("must be more than " + std::to_string(min - 1) + " characters", at);
    if (length > max) found.add("must be less than " + std::to_string(max + 1) + " characters", at);
}

void check_text(Findings& found, const json::value& value, const std::string& at, std::size_t max, bool plain_only)
{
    const auto* object = value.if_object();
    if (object == nullptr) return found.add("must be a text object", at);
    const auto* type = object->if_contains("type");
    const auto name = type == nullptr ? std::string{} : name_of(*type);
    const bool is_plain = name == "plain_text";
    if (!is_plain && (plain_only || name != "mrkdwn"))
        return found.add(plain_only ? "must be a plain_text object" : "must be plain_text or mrkdwn", at + "/type");
    if (const auto* content = object->if_contains("text"))
        check_string(found, *content, at + "/text", 1, max);
    else
        found.add("missing required field: text", at);
    for (const auto& member : *object)
    {
        const std::string key{member.key().data(), member.key().size()};
        if (key == "type" || key == "text") continue;
        if (key == (is_plain ? "emoji" : "verbatim"))
            boolean(found, member.value(), at + '/' + key);
        else
            found.add("invalid additional property: " + key, at);
    }
}

void check_integer(Findings& found, const json::value& value, const std::string& at, std::int64_t min, std::int64_t max)
{
    const auto number = value.is_int64() ? value.get_int64() : min - 1;
    if (number < min || number > max)
        found.add("must be an integer from " + std::to_string(min) + " to " + std::to_string(max), at);
}

const json::array* check_array(
    Findings& found, const json::value& value, const std::string& at, std::size_t min, std::size_t max)
{
    const auto* items = value.if_array();
    if (items == nullptr)
        found.add("must be an array", at);
    else if (items->size() < min)
        found.add("no fewer than " + std::to_string(min) + " items allowed", at);
    else if (items->size() > max)
        found.add("no more than " + std::to_string(max) + " items allowed", at);
    else
        return items;
    return nullptr;
}

void check_choice(
    Findings& found, const json::value& value, const std::string& at, std::initializer_list<std::string_view> choices)
{
    if (!value.is_string() || std::find(choices.begin(), choices.end(), name_of(value)) == choices.end())
        found.add("must be a valid enum value", at);
}

void boolean(Findings& found, const json::value& value, const std::string& at)
{
    if (!value.is_bool()) found.add("must be a boolean", at);
}

void http_url(Findings& found, const json::value& value, const std::string& at)
{
    check_string(found, value, at, 1, 3'000);
    const auto text = name_of(value);
    if (!text.starts_with("https://") && !text.starts_with("http://")) found.add("must be a valid URL", at);
}

void focus(Findings& found, const json::value& value, const std::string& at)
{
    boolean(found, value, at);
    if (value != json::value(true)) return;
    if (found.has_focus) found.add("only one element can have focus_on_load", at);
    found.has_focus = true;
}

void block_id(Findings& found, const json::value& value, const std::string& at)
{
    unique_id(found, found.block_ids, value, at, "block_id");
}

void action_id(Findings& found, const json::value& value, const std::string& at)
{
    unique_id(found, found.action_ids, value, at, "action_id");
}

namespace {

void button_style(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"primary", "danger"});
}

}  // namespace

void confirm(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{
        {"title", true, plain<100>}, {"text", true, text<300>},      {"confirm", true, plain<30>},
        {"deny", true, plain<30>},   {"style", false, button_style},
    };
    check_untyped(found, value, at, fields);
}

}  // namespace standins::slack::rules
