#include "tests/standins/slack/block_kit.hpp"

#include "tests/standins/slack/block_kit_rules.hpp"
#include "tests/standins/slack/text.hpp"

#include <utility>

namespace json = boost::json;

namespace standins::slack {
namespace {

using namespace rules;

void markdown_text(Findings& found, const json::value& value, const std::string& at)
{
    check_string(found, value, at, 1, 12'000);
    if (!value.is_string()) return;
    found.markdown_units += utf16_length(std::string_view{value.get_string().data(), value.get_string().size()});
    if (found.markdown_units > 12'000) found.add("markdown blocks exceed 12000 characters in total", at);
}

void raw_cell(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Shape> shapes{
        {"raw_text", {{"text", true, string<1, 3000>}}},
        {"rich_text", {{"elements", true, array<1, 1000, rich_text_element>}}},
    };
    check_one_of(found, value, at, shapes);
}

void alignment(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"left", "center", "right"});
}

// Null leaves a column as it is.
void column_setting(Findings& found, const json::value& value, const std::string& at)
{
    static const std::vector<Field> fields{{"align", false, alignment}, {"is_wrapped", false, boolean}};
    if (!value.is_null()) check_untyped(found, value, at, fields);
}

const std::vector<Shape>& block_shapes()
{
    static const std::vector<Shape> shapes{
        {"section",
         {{"text", false, text<3000>},
          {"fields", false, array<1, 10, text<2000>>},
          {"accessory", false, section_accessory},
          {"expand", false, boolean},
          {"block_id", false, block_id}}},
        {"header", {{"text", true, plain<150>}, {"block_id", false, block_id}}},
        {"divider", {{"block_id", false, block_id}}},
        {"context", {{"elements", true, array<1, 10, context_element>}, {"block_id", false, block_id}}},
        {"actions", {{"elements", true, array<1, 25, actions_element>}, {"block_id", false, block_id}}},
        {"input",
         {{"label", true, plain<2000>},
          {"element", true, input_element},
          {"hint", false, plain<2000>},
          {"optional", false, boolean},
          {"dispatch_action", false, boolean},
          {"block_id", false, block_id}}},
        {"image",
         {{"image_url", true, http_url},
          {"alt_text", true, string<1, 2000>},
          {"title", false, plain<2000>},
          {"block_id", false, block_id}}},
        {"rich_text", {{"elements", true, array<1, 1000, rich_text_element>}, {"block_id", false, block_id}}},
        {"markdown", {{"text", true, markdown_text}, {"block_id", false, block_id}}},
        {"table",
         {{"rows", true, array<1, 100, array<1, 20, raw_cell>>},
          {"column_settings", false, array<0, 20, column_setting>},
          {"block_id", false, block_id}}},
    };
    return shapes;
}

void check_block(Findings& found, const json::value& value, const std::string& at)
{
    found.action_ids.clear();
    check_one_of(found, value, at, block_shapes());
    const auto* block = value.if_object();
    if (block == nullptr || !block->contains("type")) return;
    const auto& type = block->at("type");
    if (type == "section" && !block->contains("text") && !block->contains("fields"))
        found.add("missing required field: text", at);
    if (type == "input") found.has_input = true;
    if (type == "table" && std::exchange(found.has_table, true)) found.add("only one table allowed", at);
    if ((type == "markdown" || type == "table") && found.surface != Surface::message)
        found.add("unsupported type: " + std::string{type.get_string().data(), type.get_string().size()}, at + "/type");
}

void message_blocks(Findings& found, const json::value& value) { array<0, 50, check_block>(found, value, "/blocks"); }

void view_blocks(Findings& found, const json::value& value, const std::string& at)
{
    array<0, 100, check_block>(found, value, at);
}

void view_type(Findings& found, const json::value& value, const std::string& at)
{
    check_choice(found, value, at, {"modal", "home"});
}

const std::vector<Field>& view_fields(Surface surface)
{
    static const std::vector<Field> home{
        {"type", true, view_type},
        {"blocks", true, view_blocks},
        {"private_metadata", false, string<0, 3000>},
        {"callback_id", false, string<0, 255>},
        {"external_id", false, string<0, 255>}};
    static const std::vector<Field> modal = [] {
        auto fields = home;
        fields.push_back({"title", true, plain<24>});
        fields.push_back({"submit", false, plain<24>});
        fields.push_back({"close", false, plain<24>});
        fields.push_back({"clear_on_close", false, boolean});
        fields.push_back({"notify_on_close", false, boolean});
        fields.push_back({"submit_disabled", false, boolean});
        return fields;
    }();
    return surface == Surface::home ? home : modal;
}

void fill(json::object& element, const char* name, const std::function<std::string()>& next_id)
{
    if (!element.contains(name)) element[name] = next_id();
}

void fill_element(json::value& value, const std::function<std::string()>& next_id)
{
    auto* element = value.if_object();
    if (element != nullptr && element->contains("type") && element->at("type") != "image")
        fill(*element, "action_id", next_id);
}

}  // namespace

std::vector<std::string> check_blocks(const json::array& blocks, Surface surface)
{
    Findings found{surface};
    if (surface == Surface::message)
        message_blocks(found, json::value(blocks));
    else
        view_blocks(found, json::value(blocks), "/blocks");
    return found.sentences;
}

std::vector<std::string> check_view(const json::object& view)
{
    const auto* type = view.if_contains("type");
    Findings found{type != nullptr && *type == "home" ? Surface::home : Surface::modal};
    check_fields(found, view, "", view_fields(found.surface), false);
    if (found.surface == Surface::modal && found.has_input && !view.contains("submit"))
        found.add("`submit` is required when an input block is present", "/submit");
    return found.sentences;
}

void fill_ids(json::array& blocks, const std::function<std::string()>& next_id)
{
    for (auto& value : blocks)
    {
        auto& block = value.as_object();
        fill(block, "block_id", next_id);
        const auto type = block.at("type");
        if (type == "actions")
            for (auto& element : block.at("elements").as_array()) fill_element(element, next_id);
        if (type == "section" && block.contains("accessory")) fill_element(block.at("accessory"), next_id);
        if (type == "input") fill_element(block.at("element"), next_id);
    }
}

}  // namespace standins::slack
