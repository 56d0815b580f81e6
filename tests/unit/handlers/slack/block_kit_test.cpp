#include "handlers/core/text.hpp"
#include "handlers/slack/block_kit.hpp"
#include "tests/support/test_data.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>

using namespace countersign;
using namespace countersign::slack;
namespace json = boost::json;

namespace {

std::string text(const json::object& object) { return json::serialize(object); }
std::string letters(std::size_t count) { return std::string(count, 'a'); }

std::vector<Option> options(std::size_t count)
{
    std::vector<Option> list;
    for (std::size_t i = 0; i < count; ++i) list.push_back(Option{"Option", "v" + std::to_string(i)});
    return list;
}

slack::Choice choice(std::size_t count)
{
    slack::Choice made;
    made.action_id = "a";
    made.options = options(count);
    return made;
}

Modal small_modal()
{
    Modal made;
    made.callback_id = "form";
    made.title = "Reset password";
    made.blocks = {divider()};
    return made;
}

}  // namespace

// --- mrkdwn ---

TEST_CASE("escaping leaves nothing that can mention or link", "[slack]")
{
    CHECK(escape_mrkdwn("<!channel> & <https://evil|ok>") == "&lt;!channel&gt; &amp; &lt;https://evil|ok&gt;");
    CHECK(escape_mrkdwn("&lt;") == "&amp;lt;");
    CHECK(escape_mrkdwn("").empty());
}

TEST_CASE("an escaped text is cut so that it fits once escaped, and never within an entity", "[slack]")
{
    for (std::size_t max = 0; max < 60; ++max)
    {
        const std::string cut = escape_mrkdwn("a<b>&&&& \U0001F600 some more <<<>>> words", max);
        CAPTURE(max, cut);
        CHECK(utf16_units(cut) <= max);
        for (auto at = cut.find('&'); at != std::string::npos; at = cut.find('&', at + 1))
        {
            const std::string rest = cut.substr(at, 5);
            CHECK((rest == "&amp;" || rest.starts_with("&lt;") || rest.starts_with("&gt;")));
        }
    }
    CHECK(escape_mrkdwn("a<b", 6) == "a&lt;b");
    CHECK(escape_mrkdwn("a<b", 5).size() <= 6);
    CHECK(utf16_units(escape_mrkdwn(std::string(3000, '&'), 3000)) <= 3000);
}

TEST_CASE("a code span cannot be left", "[slack]")
{
    CHECK(code_span("ada") == "`ada`");
    CHECK(code_span("a`b` <!here>\n*x*") == "`a'b' &lt;!here&gt; *x*`");
    CHECK(code_span("x\u202Ey\x07") == "`xy`");
    CHECK(code_span("") == "`(empty)`");
    CHECK(code_span("\u200B\n") == "`(empty)`");
    CHECK(utf16_units(code_span(letters(1000))) == 300);
    CHECK(utf16_units(code_span(std::string(1000, '<'), 50)) <= 50);
}

TEST_CASE("only an id can be mentioned", "[slack]")
{
    CHECK(mention(SlackUserId{"U061F7AUR"}) == "<@U061F7AUR>");
    CHECK_THROWS_AS(mention(SlackUserId{"U1> <!channel"}), std::invalid_argument);
    CHECK_THROWS_AS(mention(SlackUserId{""}), std::invalid_argument);
}

TEST_CASE("a date is local for its reader and has a fallback in UTC", "[slack]")
{
    const auto at = *from_iso8601("2026-11-22T14:05:59.999Z");
    CHECK(date(at) == "<!date^1795356359^{date_short_pretty} at {time}|2026-11-22 14:05 UTC>");
}

// --- limits ---

TEST_CASE("our limits are those of the contract", "[slack]")
{
    const json::value data = test::test_data("slack/limits.json");
    const auto limit = [&data](const char* pointer) { return data.at_pointer(pointer).to_number<std::size_t>(); };
    CHECK(limits::message_blocks == limit("/message/blocks"));
    CHECK(limits::message_text == limit("/chat_update/text"));
    CHECK(limits::view_blocks == limit("/view/blocks"));
    CHECK(limits::view_bytes == limit("/view/bytes"));
    CHECK(limits::view_title == limit("/view/title"));
    CHECK(limits::private_metadata == limit("/view/private_metadata"));
    CHECK(limits::id == limit("/ids/action_id"));
    CHECK(limits::text == limit("/text_object/max"));
    CHECK(limits::fields == limit("/section/fields"));
    CHECK(limits::field_text == limit("/section/field_text"));
    CHECK(limits::header_text == limit("/header/text"));
    CHECK(limits::context_elements == limit("/context/elements"));
    CHECK(limits::action_elements == limit("/actions/elements"));
    CHECK(limits::button_text == limit("/button/text"));
    CHECK(limits::button_value == limit("/button/value"));
    CHECK(limits::url == limit("/button/url"));
    CHECK(limits::accessibility_label == limit("/button/accessibility_label"));
    CHECK(limits::confirm_title == limit("/confirm/title"));
    CHECK(limits::confirm_text == limit("/confirm/text"));
    CHECK(limits::confirm_button == limit("/confirm/deny"));
    CHECK(limits::option_text == limit("/option/value_safe"));
    CHECK(limits::select_options == limit("/select/options"));
    CHECK(limits::choice_options == limit("/radio_buttons/options"));
    CHECK(limits::input_label == limit("/input/label"));
    CHECK(limits::placeholder == limit("/input/placeholder"));
    CHECK(limits::input_length == limit("/input/max_length_max"));
}

// --- objects ---

TEST_CASE("text objects expand no emoji and link nothing", "[slack]")
{
    CHECK(text(PlainText{"a"}.json) == R"({"type":"plain_text","text":"a","emoji":false})");
    CHECK(text(Mrkdwn{"*a*"}.json) == R"({"type":"mrkdwn","text":"*a*","verbatim":true})");
    CHECK_THROWS_AS(PlainText{""}, std::length_error);
    CHECK_THROWS_AS(Mrkdwn{letters(3001)}, std::length_error);
    CHECK_NOTHROW(Mrkdwn{letters(3000)});
}

TEST_CASE("limits count as Slack's UTF-16 does", "[slack]")
{
    std::string faces;
    for (int i = 0; i < 75; ++i) faces += "\U0001F600";
    CHECK_NOTHROW(header(faces));
    CHECK_THROWS_AS(header(faces + "a"), std::length_error);
}

TEST_CASE("a button carries what it was given", "[slack]")
{
    Button made;
    made.action_id = "approve";
    made.text = "Approve reset";
    made.value = "rq-1";
    made.style = Style::primary;
    made.accessibility_label = "Approve the reset for Ada";
    made.confirm = Confirm{"Approve?", "For *Ada*", "Approve", "Go back", Style::danger};
    CHECK(
        text(button(made).json) ==
        R"({"type":"button","action_id":"approve","text":{"type":"plain_text","text":"Approve reset","emoji":false},)"
        R"("value":"rq-1","accessibility_label":"Approve the reset for Ada","style":"primary","confirm":)"
        R"({"title":{"type":"plain_text","text":"Approve?","emoji":false},)"
        R"("text":{"type":"mrkdwn","text":"For *Ada*","verbatim":true},)"
        R"("confirm":{"type":"plain_text","text":"Approve","emoji":false},)"
        R"("deny":{"type":"plain_text","text":"Go back","emoji":false},"style":"danger"}})");
    CHECK_FALSE(button(Button{"a", "Text"}).json.contains("style"));
    CHECK_FALSE(button(Button{"a", "Text"}).json.contains("value"));
}

TEST_CASE("a button over its limits is not built", "[slack]")
{
    CHECK_THROWS_AS(button(Button{"", "Text"}), std::length_error);
    CHECK_THROWS_AS(button(Button{letters(256), "Text"}), std::length_error);
    CHECK_THROWS_AS(button(Button{"a", ""}), std::length_error);
    CHECK_THROWS_AS(button(Button{"a", letters(76)}), std::length_error);
    CHECK_THROWS_AS(button(Button{"a", "Text", letters(2001)}), std::length_error);
    Button labelled{"a", "Text"};
    labelled.accessibility_label = letters(76);
    CHECK_THROWS_AS(button(labelled), std::length_error);
    Button linked{"a", "Text"};
    linked.url = letters(3001);
    CHECK_THROWS_AS(button(linked), std::length_error);
    Button asking{"a", "Text"};
    asking.confirm = Confirm{letters(101), "t", "c", "d"};
    CHECK_THROWS_AS(button(asking), std::length_error);
    asking.confirm = Confirm{"t", letters(301), "c", "d"};
    CHECK_THROWS_AS(button(asking), std::length_error);
    asking.confirm = Confirm{"t", "t", letters(31), "d"};
    CHECK_THROWS_AS(button(asking), std::length_error);
    asking.confirm = Confirm{"t", "t", "c", letters(31)};
    CHECK_THROWS_AS(button(asking), std::length_error);
}

TEST_CASE("choices have as many options as Slack draws", "[slack]")
{
    CHECK_NOTHROW(static_select(choice(100)));
    CHECK_THROWS_AS(static_select(choice(101)), std::length_error);
    CHECK_THROWS_AS(static_select(choice(0)), std::length_error);
    CHECK_NOTHROW(radio_buttons(choice(10)));
    CHECK_THROWS_AS(radio_buttons(choice(11)), std::length_error);
    slack::Choice long_value = choice(1);
    long_value.options[0].value = letters(76);
    CHECK_THROWS_AS(radio_buttons(long_value), std::length_error);
}

TEST_CASE("what is chosen at first must be an option", "[slack]")
{
    slack::Choice made = choice(3);
    made.chosen = {"v1"};
    made.placeholder = "Choose";
    CHECK(static_select(made).json.at("initial_option").at("value") == "v1");
    CHECK(static_select(made).json.at("placeholder").at("text") == "Choose");
    made.chosen = {"v1", "v2"};
    CHECK_THROWS_AS(radio_buttons(made), std::length_error);
    made.chosen = {"v9"};
    CHECK_THROWS_AS(radio_buttons(made), std::length_error);
}

TEST_CASE("text inputs keep to their lengths", "[slack]")
{
    TextInput made;
    made.action_id = "v";
    made.placeholder = "ada@example.com";
    made.focus_on_load = true;
    CHECK(
        text(email_input(made).json) ==
        R"({"type":"email_text_input","action_id":"v","placeholder":)"
        R"({"type":"plain_text","text":"ada@example.com","emoji":false},"focus_on_load":true})");
    made.max_length = 3001;
    CHECK_THROWS_AS(plain_text_input(made), std::length_error);
    CHECK_THROWS_AS(email_input(made), std::length_error);
    made.max_length = 5;
    made.min_length = 6;
    CHECK_THROWS_AS(plain_text_input(made), std::length_error);
    made.min_length = 0;
    made.multiline = true;
    CHECK(plain_text_input(made).json.at("max_length") == 5);
    made.placeholder = letters(151);
    CHECK_THROWS_AS(plain_text_input(made), std::length_error);
}

// --- blocks ---

TEST_CASE("a section has a text or fields, and both within limits", "[slack]")
{
    CHECK(
        text(section(Mrkdwn{"a"}).json) == R"({"type":"section","text":{"type":"mrkdwn","text":"a","verbatim":true}})");
    CHECK_THROWS_AS(section(Section{}), std::length_error);
    Section made;
    made.fields.assign(10, Mrkdwn{"f"});
    made.accessory = button(Button{"a", "Text"});
    made.block_id = "facts";
    CHECK(section(made).json.at("fields").as_array().size() == 10);
    CHECK(section(made).json.at("accessory").at("type") == "button");
    made.fields.push_back(Mrkdwn{"f"});
    CHECK_THROWS_AS(section(made), std::length_error);
    made.fields.assign(1, Mrkdwn{letters(2001)});
    CHECK_THROWS_AS(section(made), std::length_error);
}

TEST_CASE("headers, contexts and actions keep to their limits", "[slack]")
{
    CHECK_THROWS_AS(header(letters(151)), std::length_error);
    CHECK(text(divider().json) == R"({"type":"divider"})");
    CHECK_THROWS_AS(context({}), std::length_error);
    CHECK_THROWS_AS(context(std::vector<Text>(11, Mrkdwn{"a"})), std::length_error);
    CHECK(context(std::vector<Text>(10, PlainText{"a"})).json.at("elements").as_array().size() == 10);
    CHECK_THROWS_AS(actions("b", {}), std::length_error);
    CHECK_THROWS_AS(actions("", {button(Button{"a", "A"})}), std::length_error);
    std::vector<Element> many;
    for (int i = 0; i < 26; ++i) many.push_back(button(Button{"a" + std::to_string(i), "A"}));
    CHECK_THROWS_AS(actions("b", many), std::length_error);
    many.pop_back();
    CHECK_NOTHROW(actions("b", many));
}

TEST_CASE("an action_id stands once in a block", "[slack]")
{
    CHECK_THROWS_AS(actions("b", {button(Button{"a", "A"}), button(Button{"a", "B"})}), std::length_error);
}

TEST_CASE("an input is labelled", "[slack]")
{
    TextInput field;
    field.action_id = "v";
    Input made{"email", "E-mail", email_input(field)};
    made.hint = "As in Auth0";
    made.optional = true;
    CHECK(input(made).json.at("label").at("text") == "E-mail");
    CHECK(input(made).json.at("optional") == true);
    made.label.clear();
    CHECK_THROWS_AS(input(made), std::length_error);
    made.label = letters(2001);
    CHECK_THROWS_AS(input(made), std::length_error);
}

// --- surfaces ---

TEST_CASE("a message says something in words and has at most 50 blocks", "[slack]")
{
    CHECK_THROWS_AS(message("", {}), std::length_error);
    CHECK_THROWS_AS(message(letters(4001), {}), std::length_error);
    CHECK(message("a", std::vector<Block>(50, divider())).blocks.size() == 50);
    CHECK_THROWS_AS(message("a", std::vector<Block>(51, divider())), std::length_error);
}

TEST_CASE("a block_id stands once in a message", "[slack]")
{
    const std::vector<Block> twice{actions("b", {button(Button{"a", "A"})}), actions("b", {button(Button{"a", "A"})})};
    CHECK_THROWS_AS(message("a", twice), std::length_error);
}

TEST_CASE("a message holds no input", "[slack]")
{
    TextInput field;
    field.action_id = "v";
    CHECK_THROWS_AS(message("a", {input(Input{"b", "Label", email_input(field)})}), std::length_error);
}

TEST_CASE("a modal keeps to its limits", "[slack]")
{
    CHECK(
        text(modal(small_modal())) ==
        R"({"type":"modal","callback_id":"form","title":{"type":"plain_text","text":"Reset password","emoji":false},)"
        R"("blocks":[{"type":"divider"}]})");
    Modal made = small_modal();
    made.title = letters(25);
    CHECK_THROWS_AS(modal(made), std::length_error);
    made = small_modal();
    made.submit = letters(25);
    CHECK_THROWS_AS(modal(made), std::length_error);
    made = small_modal();
    made.close = letters(25);
    CHECK_THROWS_AS(modal(made), std::length_error);
    made = small_modal();
    made.private_metadata = letters(3001);
    CHECK_THROWS_AS(modal(made), std::length_error);
    made = small_modal();
    made.callback_id.clear();
    CHECK_THROWS_AS(modal(made), std::length_error);
    made = small_modal();
    made.blocks.assign(101, divider());
    CHECK_THROWS_AS(modal(made), std::length_error);
    made.blocks.assign(100, section(Mrkdwn{letters(3000)}));
    CHECK_THROWS_AS(modal(made), std::length_error);  // over 250 kB
}

TEST_CASE("a modal with an input has a submit button", "[slack]")
{
    TextInput field;
    field.action_id = "v";
    Modal made = small_modal();
    made.blocks = {input(Input{"b", "Label", email_input(field)})};
    CHECK_THROWS_AS(modal(made), std::length_error);
    made.submit = "Send";
    made.close = "Cancel";
    made.notify_on_close = true;
    made.clear_on_close = true;
    made.external_id = "x";
    CHECK(modal(made).at("submit").at("text") == "Send");
    CHECK(modal(made).at("notify_on_close") == true);
}

TEST_CASE("a home has at most 100 blocks", "[slack]")
{
    CHECK(text(home({divider()})) == R"({"type":"home","blocks":[{"type":"divider"}]})");
    CHECK_THROWS_AS(home(std::vector<Block>(101, divider())), std::length_error);
}
