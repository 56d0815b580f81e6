#include "handlers/slack/block_kit.hpp"

#include "handlers/core/text.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace countersign::slack {

namespace json = boost::json;

namespace {

void must(bool holds, const char* what)
{
    if (!holds) throw std::length_error{std::string{"Block Kit: "} + what};
}

json::string_view view_of(std::string_view text) { return {text.data(), text.size()}; }

// Sets a key to a text of 1 to `units_max` units.
void put(json::object& into, std::string_view key, std::string_view text, std::size_t units_max, const char* what)
{
    must(!text.empty() && utf16_units(text) <= units_max, what);
    into[view_of(key)] = view_of(text);
}

// The same, unless the text is empty.
void put_some(json::object& into, std::string_view key, std::string_view text, std::size_t units_max, const char* what)
{
    if (!text.empty()) put(into, key, text, units_max, what);
}

json::object plain(std::string_view text, std::size_t units_max, const char* what)
{
    PlainText object{text};
    must(object.units <= units_max, what);
    return std::move(object.json);
}

void put_plain(json::object& into, std::string_view key, std::string_view text, std::size_t units_max, const char* what)
{
    if (!text.empty()) into[view_of(key)] = plain(text, units_max, what);
}

void put_style(json::object& into, Style style)
{
    switch (style)
    {
    case Style::normal: return;
    case Style::primary: into["style"] = "primary"; return;
    case Style::danger: into["style"] = "danger"; return;
    }
}

void put_confirm(json::object& into, const std::optional<Confirm>& confirm)
{
    if (!confirm) return;
    Mrkdwn text{confirm->text};
    must(text.units <= limits::confirm_text, "confirm text");
    json::object dialog;
    dialog["title"] = plain(confirm->title, limits::confirm_title, "confirm title");
    dialog["text"] = std::move(text.json);
    dialog["confirm"] = plain(confirm->confirm, limits::confirm_button, "confirm button");
    dialog["deny"] = plain(confirm->deny, limits::confirm_button, "deny button");
    put_style(dialog, confirm->style);
    into["confirm"] = std::move(dialog);
}

json::object object_of(std::string_view type)
{
    json::object object;
    object["type"] = view_of(type);
    return object;
}

json::object element_of(std::string_view type, std::string_view action_id)
{
    json::object element = object_of(type);
    put(element, "action_id", action_id, limits::id, "action_id");
    return element;
}

json::object option_of(const Option& option)
{
    json::object object;
    object["text"] = plain(option.text, limits::option_text, "option text");
    put(object, "value", option.value, limits::option_text, "option value");
    put_plain(object, "description", option.description, limits::option_text, "option description");
    return object;
}

// An element with options; the chosen ones are given back.
Element choice_of(std::string_view type, const Choice& choice, std::size_t options_max)
{
    must(!choice.options.empty() && choice.options.size() <= options_max, "number of options");
    json::object element = element_of(type, choice.action_id);
    json::array options, chosen;
    for (const Option& option : choice.options)
    {
        options.push_back(option_of(option));
        if (std::find(choice.chosen.begin(), choice.chosen.end(), option.value) != choice.chosen.end())
            chosen.push_back(option_of(option));
    }
    must(chosen.size() == choice.chosen.size(), "a chosen value is no option");
    element["options"] = std::move(options);
    put_confirm(element, choice.confirm);
    must(chosen.size() <= 1, "more than one chosen option");
    if (!chosen.empty()) element["initial_option"] = chosen.front();
    return Element{std::move(element)};
}

json::object input_of(std::string_view type, const TextInput& input)
{
    json::object element = element_of(type, input.action_id);
    put_some(element, "initial_value", input.initial_value, limits::input_length, "initial value");
    put_plain(element, "placeholder", input.placeholder, limits::placeholder, "placeholder");
    if (input.focus_on_load) element["focus_on_load"] = true;
    return element;
}

// The blocks as JSON: at most `blocks_max`, every block_id once.
json::array blocks_of(const std::vector<Block>& blocks, std::size_t blocks_max)
{
    must(blocks.size() <= blocks_max, "number of blocks");
    json::array out;
    std::set<std::string_view> ids;
    for (const Block& block : blocks)
    {
        if (const json::value* id = block.json.if_contains("block_id"))
            must(ids.insert({id->get_string().data(), id->get_string().size()}).second, "block_id twice");
        out.push_back(block.json);
    }
    return out;
}

bool has_input(const std::vector<Block>& blocks)
{
    return std::any_of(
        blocks.begin(), blocks.end(), [](const Block& block) { return block.json.at("type").get_string() == "input"; });
}

}  // namespace

PlainText::PlainText(std::string_view text)
{
    json = object_of("plain_text");
    put(json, "text", text, limits::text, "text");
    json["emoji"] = false;
    units = utf16_units(text);
}

Mrkdwn::Mrkdwn(std::string_view escaped)
{
    json = object_of("mrkdwn");
    put(json, "text", escaped, limits::text, "text");
    json["verbatim"] = true;
    units = utf16_units(escaped);
}

Element button(const Button& button)
{
    json::object element = element_of("button", button.action_id);
    element["text"] = plain(button.text, limits::button_text, "button text");
    put_some(element, "value", button.value, limits::button_value, "button value");
    put_some(element, "url", button.url, limits::url, "button url");
    put_some(
        element, "accessibility_label", button.accessibility_label, limits::accessibility_label, "accessibility label");
    put_style(element, button.style);
    put_confirm(element, button.confirm);
    return Element{std::move(element)};
}

Element plain_text_input(const TextInput& input)
{
    json::object element = input_of("plain_text_input", input);
    if (input.multiline) element["multiline"] = true;
    must(input.min_length.value_or(0) <= limits::input_length, "min_length");
    const std::size_t longest = input.max_length.value_or(limits::input_length);
    must(longest >= 1 && longest <= limits::input_length && input.min_length.value_or(0) <= longest, "max_length");
    if (input.min_length) element["min_length"] = *input.min_length;
    if (input.max_length) element["max_length"] = *input.max_length;
    return Element{std::move(element)};
}

Element email_input(const TextInput& input)
{
    must(!input.multiline && !input.min_length && !input.max_length, "e-mail inputs have one line and no lengths");
    return Element{input_of("email_text_input", input)};
}

Element static_select(const Choice& choice)
{
    Element element = choice_of("static_select", choice, limits::select_options);
    put_plain(element.json, "placeholder", choice.placeholder, limits::placeholder, "placeholder");
    return element;
}

Element radio_buttons(const Choice& choice) { return choice_of("radio_buttons", choice, limits::choice_options); }

Block section(const Section& section)
{
    must(section.text || !section.fields.empty(), "a section needs a text or fields");
    must(section.fields.size() <= limits::fields, "number of fields");
    json::object block = object_of("section");
    put_some(block, "block_id", section.block_id, limits::id, "block_id");
    if (section.text) block["text"] = section.text->json;
    json::array fields;
    for (const Text& field : section.fields)
    {
        must(field.units <= limits::field_text, "field text");
        fields.push_back(field.json);
    }
    if (!fields.empty()) block["fields"] = std::move(fields);
    if (section.accessory) block["accessory"] = section.accessory->json;
    return Block{std::move(block)};
}

Block section(const Text& text)
{
    Section plain_section;
    plain_section.text = text;
    return section(plain_section);
}

Block header(std::string_view text)
{
    json::object block = object_of("header");
    block["text"] = plain(text, limits::header_text, "header text");
    return Block{std::move(block)};
}

Block context(const std::vector<Text>& elements)
{
    must(!elements.empty() && elements.size() <= limits::context_elements, "number of context elements");
    json::array list;
    for (const Text& element : elements) list.push_back(element.json);
    json::object block = object_of("context");
    block["elements"] = std::move(list);
    return Block{std::move(block)};
}

Block divider() { return Block{object_of("divider")}; }

Block actions(std::string_view block_id, const std::vector<Element>& elements)
{
    must(!elements.empty() && elements.size() <= limits::action_elements, "number of actions");
    std::set<std::string_view> ids;
    json::array list;
    for (const Element& element : elements)
    {
        const json::string& id = element.json.at("action_id").get_string();
        must(ids.insert({id.data(), id.size()}).second, "action_id twice in a block");
        list.push_back(element.json);
    }
    json::object block = object_of("actions");
    put(block, "block_id", block_id, limits::id, "block_id");
    block["elements"] = std::move(list);
    return Block{std::move(block)};
}

Block input(const Input& input)
{
    json::object block = object_of("input");
    put(block, "block_id", input.block_id, limits::id, "block_id");
    block["label"] = plain(input.label, limits::input_label, "label");
    put_plain(block, "hint", input.hint, limits::input_label, "hint");
    block["element"] = input.element.json;
    if (input.optional) block["optional"] = true;
    if (input.dispatch_action) block["dispatch_action"] = true;
    return Block{std::move(block)};
}

Message message(std::string text, const std::vector<Block>& blocks)
{
    must(!text.empty() && utf16_units(text) <= limits::message_text, "message text");
    must(!has_input(blocks), "no input in a message");
    return Message{std::move(text), blocks_of(blocks, limits::message_blocks)};
}

json::object modal(const Modal& modal)
{
    json::object view = object_of("modal");
    put(view, "callback_id", modal.callback_id, limits::id, "callback_id");
    view["title"] = plain(modal.title, limits::view_title, "title");
    must(!modal.submit.empty() || !has_input(modal.blocks), "an input needs a submit button");
    put_plain(view, "submit", modal.submit, limits::view_title, "submit");
    put_plain(view, "close", modal.close, limits::view_title, "close");
    put_some(view, "private_metadata", modal.private_metadata, limits::private_metadata, "private_metadata");
    put_some(view, "external_id", modal.external_id, limits::id, "external_id");
    if (modal.notify_on_close) view["notify_on_close"] = true;
    if (modal.clear_on_close) view["clear_on_close"] = true;
    view["blocks"] = blocks_of(modal.blocks, limits::view_blocks);
    must(json::serialize(view).size() <= limits::view_bytes, "view over 250 kB");
    return view;
}

json::object home(const std::vector<Block>& blocks, std::string_view callback_id)
{
    json::object view = object_of("home");
    put_some(view, "callback_id", callback_id, limits::id, "callback_id");
    view["blocks"] = blocks_of(blocks, limits::view_blocks);
    must(json::serialize(view).size() <= limits::view_bytes, "view over 250 kB");
    return view;
}

}  // namespace countersign::slack
