#include "tests/standins/slack/block_kit.hpp"
#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace standins::slack;
using namespace standins::slack::test;

namespace {

json::value text(const char* type, std::string content)
{
    return json::object{{"type", type}, {"text", std::move(content)}};
}
json::value plain(std::string content) { return text("plain_text", std::move(content)); }
json::value mrkdwn(std::string content) { return text("mrkdwn", std::move(content)); }
std::string letters(std::size_t count) { return std::string(count, 'a'); }

// One block more without an id of its own.
json::object block(const char* type, json::object fields)
{
    fields["type"] = type;
    return fields;
}

json::array of(json::object only)
{
    json::array blocks;
    blocks.push_back(std::move(only));
    return blocks;
}

json::array repeat(std::size_t count, const std::function<json::value(std::size_t)>& make)
{
    json::array list;
    for (std::size_t i = 0; i < count; ++i) list.push_back(make(i));
    return list;
}

json::object section(json::value content) { return block("section", {{"text", std::move(content)}}); }
json::object in_actions(json::object element) { return block("actions", {{"elements", of(std::move(element))}}); }
json::object in_input(json::object element)
{
    return block("input", {{"label", plain("l")}, {"element", std::move(element)}});
}
json::object button(const char* name, json::value value)
{
    json::object made{{"type", "button"}, {"text", plain("ok")}};
    made[name] = std::move(value);
    return in_actions(std::move(made));
}
json::object confirm(const char* name, json::value value)
{
    json::object made{{"title", plain("t")}, {"text", plain("t")}, {"confirm", plain("y")}, {"deny", plain("n")}};
    made[name] = std::move(value);
    return button("confirm", std::move(made));
}
json::value option(std::size_t i) { return json::object{{"text", plain("o")}, {"value", "v" + std::to_string(i)}}; }
json::object option_field(const char* name, json::value value)
{
    json::object made{{"text", plain("o")}, {"value", "v"}};
    made[name] = std::move(value);
    return in_actions({{"type", "static_select"}, {"options", of(std::move(made))}});
}
json::object choices(const char* type, std::size_t count)
{
    return in_actions({{"type", type}, {"options", repeat(count, option)}});
}
json::value option_group(std::size_t label, std::size_t options)
{
    return json::object{{"label", plain(letters(label))}, {"options", repeat(options, option)}};
}
json::object grouped(std::size_t groups, std::size_t label, std::size_t options)
{
    return in_actions({{"type", "static_select"}, {"option_groups", repeat(groups, [=](std::size_t) {
                                                       return option_group(label, options);
                                                   })}});
}
json::object text_input(const char* name, json::value value)
{
    json::object made{{"type", "plain_text_input"}};
    made[name] = std::move(value);
    return in_input(std::move(made));
}
json::object image(std::size_t alt, std::size_t title)
{
    return block(
        "image",
        {{"image_url", "https://example.com/a.png"}, {"alt_text", letters(alt)}, {"title", plain(letters(title))}});
}
json::object table(std::size_t rows, std::size_t columns)
{
    return block("table", {{"rows", repeat(rows, [=](std::size_t) -> json::value {
                                return repeat(columns, [](std::size_t) { return text("raw_text", "c"); });
                            })}});
}

// A limit: the blocks that hold `count` of the thing, and how many are allowed.
struct Limit
{
    const char* name;
    std::size_t max;
    std::function<json::array(std::size_t)> make;
};

std::size_t number(const json::value& limits, const char* group, const char* name)
{
    return static_cast<std::size_t>(limits.at(group).at(name).as_int64());
}

std::vector<Limit> text_limits(const json::value& limits)
{
    const auto n = [&](const char* group, const char* name) { return number(limits, group, name); };
    return {
        {"section.text", n("section", "text"), [](auto i) { return of(section(mrkdwn(letters(i)))); }},
        {"field_text", n("section", "field_text"),
         [](auto i) {
             return of(block("section", {{"fields", json::array{mrkdwn(letters(i))}}}));
         }},
        {"header", n("header", "text"),
         [](auto i) {
             return of(block("header", {{"text", plain(letters(i))}}));
         }},
        {"text_object", n("text_object", "max"),
         [](auto i) {
             return of(block("context", {{"elements", json::array{mrkdwn(letters(i))}}}));
         }},
        {"markdown", n("markdown_block", "text_total"),
         [](auto i) {
             return of(block("markdown", {{"text", letters(i)}}));
         }},
        {"block_id", n("ids", "block_id"),
         [](auto i) {
             return of(block("divider", {{"block_id", letters(i)}}));
         }},
        {"action_id", n("ids", "action_id"), [](auto i) { return of(button("action_id", json::value(letters(i)))); }},
        {"button.text", n("button", "text"), [](auto i) { return of(button("text", plain(letters(i)))); }},
        {"button.value", n("button", "value"), [](auto i) { return of(button("value", json::value(letters(i)))); }},
        {"button.url", n("button", "url"), [](auto i) { return of(button("url", json::value(letters(i)))); }},
        {"button.label", n("button", "accessibility_label"),
         [](auto i) { return of(button("accessibility_label", json::value(letters(i)))); }},
        {"confirm.title", n("confirm", "title"), [](auto i) { return of(confirm("title", plain(letters(i)))); }},
        {"confirm.text", n("confirm", "text"), [](auto i) { return of(confirm("text", mrkdwn(letters(i)))); }},
        {"confirm.confirm", n("confirm", "confirm"), [](auto i) { return of(confirm("confirm", plain(letters(i)))); }},
        {"confirm.deny", n("confirm", "deny"), [](auto i) { return of(confirm("deny", plain(letters(i)))); }},
        {"option.text", n("option", "text"), [](auto i) { return of(option_field("text", plain(letters(i)))); }},
        {"option.value", n("option", "value_safe"),
         [](auto i) { return of(option_field("value", json::value(letters(i)))); }},
        {"option.description", n("option", "description"),
         [](auto i) { return of(option_field("description", plain(letters(i)))); }},
        {"group_label", n("select", "group_label"), [](auto i) { return of(grouped(1, i, 1)); }},
        {"input.label", n("input", "label"),
         [](auto i) {
             return of(block(
                 "input", {{"label", plain(letters(i))}, {"element", json::object{{"type", "email_text_input"}}}}));
         }},
        {"input.hint", n("input", "hint"),
         [](auto i) {
             auto made = text_input("multiline", json::value(true));
             made["hint"] = plain(letters(i));
             return of(made);
         }},
        {"placeholder", n("input", "placeholder"),
         [](auto i) { return of(text_input("placeholder", plain(letters(i)))); }},
        {"image.alt_text", n("image", "alt_text"), [](auto i) { return of(image(i, 1)); }},
        {"image.title", n("image", "title"), [](auto i) { return of(image(1, i)); }},
    };
}

std::vector<Limit> count_limits(const json::value& limits)
{
    const auto n = [&](const char* group, const char* name) { return number(limits, group, name); };
    const auto divider = [](std::size_t) -> json::value { return block("divider", {}); };
    const auto one_button = [](std::size_t) -> json::value {
        return json::object{{"type", "button"}, {"text", plain("b")}};
    };
    const auto word = [](std::size_t) { return mrkdwn("f"); };
    return {
        {"message.blocks", n("message", "blocks"), [=](auto i) { return repeat(i, divider); }},
        {"section.fields", n("section", "fields"),
         [=](auto i) {
             return of(block("section", {{"fields", repeat(i, word)}}));
         }},
        {"context", n("context", "elements"),
         [=](auto i) {
             return of(block("context", {{"elements", repeat(i, word)}}));
         }},
        {"actions", n("actions", "elements"),
         [=](auto i) {
             return of(block("actions", {{"elements", repeat(i, one_button)}}));
         }},
        {"select.options", n("select", "options"), [](auto i) { return of(choices("static_select", i)); }},
        {"multi select", n("select", "options"), [](auto i) { return of(choices("multi_static_select", i)); }},
        {"option_groups", n("select", "option_groups"), [](auto i) { return of(grouped(i, 1, 1)); }},
        {"group_options", n("select", "group_options"), [](auto i) { return of(grouped(1, 1, i)); }},
        {"radio_buttons", n("radio_buttons", "options"), [](auto i) { return of(choices("radio_buttons", i)); }},
        {"checkboxes", n("checkboxes", "options"), [](auto i) { return of(choices("checkboxes", i)); }},
        {"overflow", n("overflow", "options_max"), [](auto i) { return of(choices("overflow", i)); }},
        {"table.rows", n("table", "rows"), [](auto i) { return of(table(i, 1)); }},
        {"table.columns", n("table", "columns"), [](auto i) { return of(table(1, i)); }},
        {"min_length", n("input", "min_length_max"),
         [](auto i) { return of(text_input("min_length", json::value(static_cast<std::int64_t>(i)))); }},
        {"max_length", n("input", "max_length_max"),
         [](auto i) { return of(text_input("max_length", json::value(static_cast<std::int64_t>(i)))); }},
    };
}

json::object modal(json::array blocks)
{
    return {{"type", "modal"}, {"title", plain("t")}, {"submit", plain("s")}, {"blocks", std::move(blocks)}};
}

std::string first(const std::vector<std::string>& findings)
{
    return findings.empty() ? std::string{} : findings.front();
}

std::string first_finding(const char* blocks)
{
    return first(check_blocks(json::parse(blocks).as_array(), Surface::message));
}

}  // namespace

TEST_CASE("every limit of limits.json accepts its number and refuses one more", "[slack][block_kit]")
{
    const auto limits = data("limits.json");
    auto all = text_limits(limits);
    for (auto& limit : count_limits(limits)) all.push_back(std::move(limit));
    CHECK(all.size() == 39);
    for (const auto& limit : all)
    {
        INFO(limit.name);
        CHECK(first(check_blocks(limit.make(limit.max), Surface::message)).empty());
        CHECK_FALSE(check_blocks(limit.make(limit.max + 1), Surface::message).empty());
    }
}

TEST_CASE("every view limit of limits.json accepts its number and refuses one more", "[slack][block_kit]")
{
    const auto limits = data("limits.json");
    const auto n = [&](const char* name) { return number(limits, "view", name); };
    const auto with = [](const char* name, json::value value) {
        auto view = modal({});
        view[name] = std::move(value);
        return check_view(view);
    };
    for (const char* name : {"title", "submit", "close"})
    {
        INFO(name);
        CHECK(with(name, plain(letters(n(name)))).empty());
        CHECK_FALSE(with(name, plain(letters(n(name) + 1))).empty());
    }
    for (const char* name : {"private_metadata", "callback_id", "external_id"})
    {
        INFO(name);
        CHECK(with(name, json::value(letters(n(name)))).empty());
        CHECK_FALSE(with(name, json::value(letters(n(name) + 1))).empty());
    }
    const auto dividers = [](std::size_t count) {
        return repeat(count, [](std::size_t) -> json::value { return block("divider", {}); });
    };
    CHECK(with("blocks", dividers(n("blocks"))).empty());
    CHECK_FALSE(with("blocks", dividers(n("blocks") + 1)).empty());
}

TEST_CASE("characters are counted in UTF-16 units", "[slack][block_kit]")
{
    const auto header = [](const std::string& unit, std::size_t count) {
        std::string content;
        for (std::size_t i = 0; i < count; ++i) content += unit;
        return check_blocks(of(block("header", {{"text", plain(content)}})), Surface::message).empty();
    };
    CHECK(header("\xC3\xA9", 150));
    CHECK_FALSE(header("\xC3\xA9", 151));
    CHECK(header("\xF0\x9F\x98\x80", 75));
    CHECK_FALSE(header("\xF0\x9F\x98\x80", 76));
}

TEST_CASE("a finding names its place by JSON pointer", "[slack][block_kit]")
{
    CHECK(
        first_finding(
            R"([{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":""}}]}])") ==
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/0/text/text]");
    CHECK(
        first_finding(R"([{"type":"divider"},{"type":"sektion"}])") ==
        "[ERROR] unsupported type: sektion [json-pointer:/blocks/1/type]");
}

TEST_CASE("what Slack does not know or miss is refused", "[slack][block_kit]")
{
    const auto refused = GENERATE(
        R"([1])", R"([{}])", R"([{"type":7}])", R"([{"type":"divider","colour":"red"}])", R"([{"type":"section"}])",
        R"([{"type":"section","text":"plain"}])", R"([{"type":"section","text":{"type":"html","text":"x"}}])",
        R"([{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}])",
        R"([{"type":"section","text":{"type":"plain_text","text":"x","verbatim":true}}])",
        R"([{"type":"header","text":{"type":"mrkdwn","text":"x"}}])", R"([{"type":"context","elements":[]}])",
        R"([{"type":"context","elements":[{"type":"button","text":{"type":"plain_text","text":"x"}}]}])",
        R"([{"type":"actions","elements":[]}])", R"([{"type":"actions","elements":[{"type":"plain_text_input"}]}])",
        R"([{"type":"actions","elements":[{"type":"button"}]}])",
        R"([{"type":"actions","elements":[{"type":"button","text":{"type":"mrkdwn","text":"x"}}]}])",
        R"([{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"},"style":"default"}]}])",
        R"([{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"},"disabled":true}]}])",
        R"([{"type":"actions","elements":[{"type":"static_select"}]}])",
        R"([{"type":"actions","elements":[{"type":"overflow","options":[{"text":{"type":"plain_text","text":"x"},"value":"1"}]}]}])",
        R"([{"type":"actions","elements":[{"type":"datepicker","initial_date":"tomorrow"}]}])",
        R"([{"type":"actions","elements":[{"type":"timepicker","initial_time":"5pm"}]}])",
        R"([{"type":"actions","elements":[{"type":"datetimepicker","initial_date_time":12}]}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"}}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"button","text":{"type":"plain_text","text":"x"}}}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"file_input"}}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"number_input"}}])",
        R"([{"type":"image","image_url":"https://example.com/a.png"}])",
        R"([{"type":"rich_text","elements":[{"type":"text","text":"x"}]}])",
        R"([{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text"}]}]}])",
        R"([{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[]}]}]}])",
        R"([{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}])",
        R"([{"type":"actions","elements":[
             {"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},
             {"type":"button","action_id":"a","text":{"type":"plain_text","text":"y"}}]}])");
    INFO(refused);
    CHECK_FALSE(first_finding(refused).empty());
}

TEST_CASE("every kind of block and element in its plain form is accepted", "[slack][block_kit]")
{
    const auto accepted = GENERATE(
        as<std::string>{}, button_blocks, R"([{"type":"divider"}])",
        R"([{"type":"header","text":{"type":"plain_text","text":"x","emoji":true}}])",
        R"([{"type":"section","text":{"type":"mrkdwn","text":"x","verbatim":true},"expand":true,
             "accessory":{"type":"image","image_url":"https://example.com/a.png","alt_text":"a"}}])",
        R"([{"type":"section","fields":[{"type":"mrkdwn","text":"x"},{"type":"plain_text","text":"y"}]}])",
        R"([{"type":"context","elements":[{"type":"mrkdwn","text":"x"},
             {"type":"image","image_url":"https://example.com/a.png","alt_text":"a"}]}])",
        R"([{"type":"actions","elements":[{"type":"users_select"},{"type":"conversations_select","filter":{"include":["im"]}},
             {"type":"channels_select"},{"type":"external_select","min_query_length":0},{"type":"multi_users_select"},
             {"type":"multi_conversations_select"},{"type":"multi_channels_select","max_selected_items":2},
             {"type":"multi_external_select"},{"type":"datepicker","initial_date":"2026-11-22"},
             {"type":"timepicker","initial_time":"09:30"},{"type":"datetimepicker","initial_date_time":1763800000}]}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"},"optional":true,
             "element":{"type":"email_text_input","placeholder":{"type":"plain_text","text":"p"}}}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"},"dispatch_action":true,
             "element":{"type":"plain_text_input","dispatch_action_config":{"trigger_actions_on":["on_enter_pressed"]}}}])",
        R"([{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"url_text_input"}},
            {"type":"input","label":{"type":"plain_text","text":"l"},
             "element":{"type":"number_input","is_decimal_allowed":false}}])",
        R"([{"type":"rich_text","elements":[
             {"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":true}},
               {"type":"user","user_id":"U061F7AUR"},{"type":"link","url":"https://example.com"},
               {"type":"emoji","name":"wave"},{"type":"broadcast","range":"here"},{"type":"usergroup","usergroup_id":"S1"},
               {"type":"channel","channel_id":"C1"},{"type":"date","timestamp":1763800000,"format":"{date}"}]},
             {"type":"rich_text_list","style":"ordered","elements":[{"type":"rich_text_section","elements":[]}]},
             {"type":"rich_text_preformatted","elements":[{"type":"text","text":"x"}]},
             {"type":"rich_text_quote","elements":[{"type":"text","text":"x"}]}]}])");
    INFO(accepted);
    CHECK(first_finding(accepted.c_str()).empty());
}

TEST_CASE("the same action_id may stand in two blocks", "[slack][block_kit]")
{
    CHECK(first_finding(R"([
        {"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":
          {"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}}},
        {"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"y"}}]}])")
              .empty());
}

TEST_CASE("a modal with an input needs a submit button, a home has no title", "[slack][block_kit]")
{
    auto view = modal(of(in_input({{"type", "email_text_input"}})));
    CHECK(check_view(view).empty());
    view.erase("submit");
    CHECK_FALSE(check_view(view).empty());
    CHECK(check_view({{"type", "home"}, {"blocks", json::array{}}}).empty());
    CHECK_FALSE(check_view({{"type", "home"}, {"blocks", json::array{}}, {"title", plain("t")}}).empty());
    CHECK_FALSE(check_view({{"type", "modal"}, {"blocks", json::array{}}}).empty());
    CHECK_FALSE(check_view({{"type", "dialog"}, {"title", plain("t")}, {"blocks", json::array{}}}).empty());
    CHECK_FALSE(check_view({{"title", plain("t")}, {"blocks", json::array{}}}).empty());
}

TEST_CASE("a view has room for twice the blocks of a message, as views and as blocks of one", "[slack][block_kit]")
{
    json::array blocks;
    const auto add_up_to = [&blocks](std::size_t count) {
        while (blocks.size() < count) blocks.push_back(block("divider", {}));
    };
    add_up_to(50);
    CHECK(check_blocks(blocks, Surface::message).empty());
    add_up_to(100);
    CHECK_FALSE(check_blocks(blocks, Surface::message).empty());
    for (const Surface view : {Surface::home, Surface::modal}) CHECK(check_blocks(blocks, view).empty());
    add_up_to(101);
    for (const Surface view : {Surface::home, Surface::modal}) CHECK_FALSE(check_blocks(blocks, view).empty());
}

TEST_CASE("markdown blocks share one allowance and stand in messages only", "[slack][block_kit]")
{
    json::array two;
    two.push_back(block("markdown", {{"text", letters(6'000)}}));
    two.push_back(block("markdown", {{"text", letters(6'000)}}));
    CHECK(check_blocks(two, Surface::message).empty());
    two.push_back(block("markdown", {{"text", "x"}}));
    CHECK_FALSE(check_blocks(two, Surface::message).empty());
    CHECK_FALSE(check_view(modal(of(block("markdown", {{"text", "x"}})))).empty());
}

TEST_CASE("what is chosen at first is exactly one of the options", "[slack][block_kit]")
{
    const auto type = GENERATE("static_select", "multi_static_select", "radio_buttons", "checkboxes");
    CAPTURE(type);
    const bool is_list = std::string{type} == "multi_static_select" || std::string{type} == "checkboxes";
    const auto with = [&](json::value initial) {
        json::object element{{"type", type}, {"options", repeat(2, option)}};
        if (is_list)
            element["initial_options"] = json::array{std::move(initial)};
        else
            element["initial_option"] = std::move(initial);
        return of(in_actions(std::move(element)));
    };
    CHECK(check_blocks(with(option(1)), Surface::message).empty());
    CHECK_FALSE(check_blocks(with(option(2)), Surface::message).empty());
}

TEST_CASE("one element of a view takes the cursor when it opens", "[slack][block_kit]")
{
    json::array two{text_input("focus_on_load", true), text_input("focus_on_load", false)};
    CHECK(check_view(modal(two)).empty());
    two.push_back(text_input("focus_on_load", true));
    CHECK_FALSE(check_view(modal(two)).empty());
}

TEST_CASE("a message has one table, whose columns are described in Slack's words", "[slack][block_kit]")
{
    const auto with = [](json::value setting) {
        auto made = table(1, 1);
        made["column_settings"] = json::array{std::move(setting)};
        return of(std::move(made));
    };
    CHECK(check_blocks(with(json::object{{"align", "right"}, {"is_wrapped", true}}), Surface::message).empty());
    CHECK(check_blocks(with(nullptr), Surface::message).empty());
    CHECK_FALSE(check_blocks(with(json::object{{"align", "middle"}}), Surface::message).empty());
    CHECK_FALSE(check_blocks(with(json::object{{"width", 3}}), Surface::message).empty());
    CHECK_FALSE(check_blocks({table(1, 1), table(1, 1)}, Surface::message).empty());
}

TEST_CASE("a filter of conversations names their kinds", "[slack][block_kit]")
{
    const auto with = [](json::value filter) {
        return of(in_actions({{"type", "conversations_select"}, {"filter", std::move(filter)}}));
    };
    CHECK(check_blocks(with(json::object{{"include", json::array{"im", "public"}}}), Surface::message).empty());
    CHECK_FALSE(check_blocks(with(json::object{{"include", json::array{"everyone"}}}), Surface::message).empty());
    CHECK_FALSE(check_blocks(with(json::object{{"exclude", true}}), Surface::message).empty());
}

TEST_CASE("an image comes from the web", "[slack][block_kit]")
{
    auto made = image(1, 1);
    made["image_url"] = "/page/icon.svg";
    CHECK_FALSE(check_blocks(of(made), Surface::message).empty());
}

TEST_CASE("blocks in an attachment are checked like any other", "[slack][block_kit]")
{
    auto slack = workspace();
    const auto with = [&](const char* attachments) {
        return call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "x"}, {"attachments", attachments}});
    };
    CHECK(error_of(with(R"([{"blocks":[{"type":"divider","colour":"red"}]}])")) == "invalid_attachments");
    CHECK(error_of(with(R"([{"blocks":{}}])")) == "invalid_attachments");
    CHECK(with(R"([{"color":"#ff0000","blocks":[{"type":"divider"}]}])").at("ok") == true);
}

TEST_CASE("missing ids are given out, present ones kept", "[slack][block_kit]")
{
    auto blocks = json::parse(R"([{"type":"divider"},
        {"type":"actions","block_id":"mine","elements":[{"type":"button","text":{"type":"plain_text","text":"x"}}]}])")
                      .as_array();
    int next = 0;
    fill_ids(blocks, [&] { return "id" + std::to_string(++next); });
    CHECK(blocks[0].at("block_id") == "id1");
    CHECK(blocks[1].at("block_id") == "mine");
    CHECK(blocks[1].at("elements").at(0).at("action_id") == "id2");
}

TEST_CASE("a refused message tells its findings, a refused view likewise", "[slack][block_kit]")
{
    auto slack = workspace();
    const auto answer = call(
        slack, "chat.postMessage",
        {{"channel", approvals}, {"text", "x"}, {"blocks", R"([{"type":"header","text":{"type":"plain_text"}}])"}});
    CHECK(error_of(answer) == "invalid_blocks");
    CHECK(
        answer.at("response_metadata").at("messages").at(0) ==
        "[ERROR] missing required field: text [json-pointer:/blocks/0/text]");
    const auto trigger = slack.command(requester, helpdesk, "/reset-password", "", start).trigger_id;
    const auto view = call(
        slack, "views.open",
        {{"trigger_id", trigger},
         {"view", R"({"type":"modal","title":{"type":"plain_text","text":"t"},"blocks":[{"type":"x"}]})"}});
    CHECK(error_of(view) == "invalid_arguments");
    CHECK(
        view.at("response_metadata").at("messages").at(0) ==
        "[ERROR] unsupported type: x [json-pointer:/blocks/0/type]");
}
