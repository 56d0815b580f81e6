#include "handlers/core/wiped_json.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/interaction.hpp"
#include "handlers/slack/payload.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <functional>

using namespace countersign;
using namespace countersign::slack;
namespace json = boost::json;

// The limits and forms of single fields, each by itself.
namespace {

// Whether reading `value` in this way finds fault with it.
bool refuses(const json::value& value, const std::function<void(PayloadReader&)>& read)
{
    const json::value root = json::object{{"key", value}};
    PayloadReader reader{root};
    read(reader);
    return !reader.is_sound();
}

json::value text(std::size_t length, char of = 'a') { return json::string(length, of); }

json::object click()
{
    return {
        {"type", "block_actions"},   {"api_app_id", "A1"},
        {"team", {{"id", "T1"}}},    {"user", {{"id", "U1"}, {"team_id", "T1"}}},
        {"trigger_id", "1.2.a"},     {"container", {{"type", "message"}, {"message_ts", "1.2"}, {"channel_id", "C1"}}},
        {"channel", {{"id", "C2"}}}, {"actions", {{{"action_id", "a"}, {"value", "v"}}}}};
}

json::object event()
{
    return {
        {"type", "event_callback"},
        {"api_app_id", "A1"},
        {"team_id", "T2"},
        {"enterprise_id", "E2"},
        {"event_id", "Ev1"},
        {"authorizations", {{{"team_id", "T1"}, {"enterprise_id", "E1"}}}},
        {"event", {{"type", "app_home_opened"}, {"user", "U1"}}}};
}

template <class T>
T as(Result<Interaction> interaction)
{
    REQUIRE(interaction.has_value());
    REQUIRE(std::holds_alternative<T>(*interaction));
    return std::get<T>(std::move(*interaction));
}

}  // namespace

TEST_CASE("an id is of capitals and digits, and of 32 characters at most", "[slack]")
{
    for (const char* good : {"U1", "A", "Z9", "0"}) CHECK(is_slack_id(good));
    CHECK(is_slack_id(std::string(32, 'U')));
    CHECK_FALSE(is_slack_id(std::string(33, 'U')));
    for (const char* bad : {"", "u1", "U-1", "U/", "U:", "U@", "U[", "U 1", "U\xc3\x84"})
    {
        INFO(bad);
        CHECK_FALSE(is_slack_id(bad));
    }
}

TEST_CASE("a time stamp of a message is digits, a dot and digits, and of 32 characters at most", "[slack]")
{
    for (const char* good : {"1763800000.000001", "0.0", "9.9"}) CHECK(is_message_ts(good));
    CHECK(is_message_ts(std::string(30, '1') + ".1"));
    CHECK_FALSE(is_message_ts(std::string(31, '1') + ".1"));
    for (const char* bad : {"", ".", "1", "1.", ".1", "a.1", "1.a", "1.1a", "1.:", "1./", "1.1.1", "-1.1", " 1.1"})
    {
        INFO(bad);
        CHECK_FALSE(is_message_ts(bad));
    }
}

TEST_CASE("a text keeps to its length, counted as Slack counts", "[slack]")
{
    const auto read = [](PayloadReader& reader) { static_cast<void>(reader.text("/key", 3)); };
    CHECK_FALSE(refuses("abc", read));
    CHECK(refuses("abcd", read));
    CHECK_FALSE(refuses("\u00e4\u00e4\u00e4", read));
    CHECK(refuses("\U0001F600\U0001F600", read));
    CHECK(refuses(1, read));
    CHECK_FALSE(refuses(nullptr, read));
}

TEST_CASE("a name has 1 to 255 characters and none that cannot be seen", "[slack]")
{
    const auto required = [](PayloadReader& reader) { static_cast<void>(reader.required_name("/key")); };
    const auto optional = [](PayloadReader& reader) { static_cast<void>(reader.name("/key")); };
    CHECK_FALSE(refuses(text(255), required));
    CHECK(refuses(text(256), required));
    CHECK(refuses("", required));
    CHECK(refuses(nullptr, required));
    CHECK_FALSE(refuses("", optional));
    CHECK_FALSE(refuses(nullptr, optional));
    CHECK(refuses("a\nb", optional));
}

TEST_CASE("a credential is printable ASCII without spaces, and keeps to its length", "[slack]")
{
    const auto required = [](PayloadReader& reader) { static_cast<void>(reader.required_secret("/key", 8)); };
    const auto optional = [](PayloadReader& reader) { static_cast<void>(reader.secret("/key", 8)); };
    CHECK_FALSE(refuses("12345678", required));
    CHECK(refuses("123456789", required));
    for (const char* bad : {"a b", "a\x7f", "a\tb", "\u00e4"}) CHECK(refuses(bad, required));
    for (const char* good : {"!", "~", "https:"}) CHECK_FALSE(refuses(good, required));
    CHECK(refuses("", required));
    CHECK(refuses(nullptr, required));
    CHECK_FALSE(refuses("", optional));
    CHECK_FALSE(refuses(nullptr, optional));
    CHECK(refuses(1, optional));
}

TEST_CASE("a flag is one, or the word for it, or absent", "[slack]")
{
    const auto flag = [](const json::value& value) {
        const json::value root = json::object{{"key", value}};
        PayloadReader reader{root};
        const bool read = reader.flag("/key");
        return std::pair{read, !reader.is_sound()};
    };
    CHECK(flag(true) == std::pair{true, false});
    CHECK(flag(false) == std::pair{false, false});
    CHECK(flag("true") == std::pair{true, false});
    CHECK(flag("false") == std::pair{false, false});
    CHECK(flag("") == std::pair{false, false});
    CHECK(flag(nullptr) == std::pair{false, false});
    CHECK(flag("yes") == std::pair{false, true});
    CHECK(flag(1) == std::pair{false, true});
}

TEST_CASE("an id may be absent where it is not required, and is never of another form", "[slack]")
{
    const auto required = [](PayloadReader& reader) { static_cast<void>(reader.required_id_text("/key")); };
    const auto optional = [](PayloadReader& reader) { static_cast<void>(reader.id_text("/key")); };
    const auto ts = [](PayloadReader& reader) { static_cast<void>(reader.ts("/key")); };
    CHECK_FALSE(refuses("U1", required));
    CHECK(refuses("", required));
    CHECK(refuses(nullptr, required));
    CHECK_FALSE(refuses("", optional));
    CHECK(refuses("u1", optional));
    CHECK_FALSE(refuses("1.1", ts));
    CHECK_FALSE(refuses(nullptr, ts));
    CHECK(refuses("1", ts));
}

TEST_CASE("a payload of exactly a mebibyte is read", "[slack]")
{
    const std::string most = "\"" + std::string(json_bytes_max - 2, 'a') + "\"";
    CHECK(parse_wiped(most).has_value());
    CHECK(parse_wiped(most + " ").error() == Errc::too_large);
}

TEST_CASE("a press is where its container says, and in its channel when that says nothing", "[slack]")
{
    json::object payload = click();
    CHECK(as<BlockAction>(read_interaction(payload)).channel == ChannelId{"C1"});
    payload.at("container").as_object().erase("channel_id");
    CHECK(as<BlockAction>(read_interaction(payload)).channel == ChannelId{"C2"});
}

TEST_CASE("an event is of the workspace and company that authorized it, else of those it names", "[slack]")
{
    json::object payload = event();
    const auto whole = as<AppEvent>(read_event(payload));
    CHECK(whole.source.team == SlackTeamId{"T1"});
    CHECK(whole.source.enterprise == "E1");
    payload.erase("authorizations");
    const auto bare = as<AppEvent>(read_event(payload));
    CHECK(bare.source.team == SlackTeamId{"T2"});
    CHECK(bare.source.enterprise == "E2");
}

TEST_CASE("a form has at most 64 fields, and as many are read", "[slack]")
{
    std::vector<std::pair<std::string, std::string>> form = {
        {"command", "/a"}, {"user_id", "U1"}, {"channel_id", "C1"}, {"response_url", "https://a"}, {"trigger_id", "1"}};
    while (form.size() < 64) form.emplace_back("more" + std::to_string(form.size()), "");
    CHECK(parse_command(form).has_value());
    form.emplace_back("one_more", "");
    CHECK(parse_command(form).error() == Errc::too_large);
}

TEST_CASE("a view has at most a hundred inputs, by block and in a block", "[slack]")
{
    const bool in_a_block = GENERATE(true, false);
    INFO(in_a_block);
    const auto submission = [in_a_block](int inputs) {
        json::object values, block;
        for (int i = 0; i < inputs; ++i)
        {
            const json::object input{{"type", "plain_text_input"}, {"value", "x"}};
            if (in_a_block)
                block["a" + std::to_string(i)] = input;
            else
                values["b" + std::to_string(i)] = json::object{{"a", input}};
        }
        if (in_a_block) values["b"] = block;
        return json::object{
            {"type", "view_submission"},
            {"api_app_id", "A1"},
            {"team", {{"id", "T1"}}},
            {"user", {{"id", "U1"}, {"team_id", "T1"}}},
            {"view", {{"id", "V1"}, {"callback_id", "form"}, {"state", {{"values", values}}}}}};
    };
    CHECK(as<ViewSubmission>(read_interaction(submission(100))).values.size() == 100);
    CHECK_FALSE(read_interaction(submission(101)).has_value());
}

TEST_CASE("what an input was not given it does not carry", "[slack]")
{
    TextInput field;
    field.action_id = "v";
    const json::object bare = plain_text_input(field).json;
    for (const char* key : {"multiline", "min_length", "max_length", "initial_value", "placeholder", "focus_on_load"})
        CHECK_FALSE(bare.contains(key));
    field.min_length = 2;
    CHECK(plain_text_input(field).json.at("min_length") == 2);
    field.max_length = 2;
    CHECK_NOTHROW(plain_text_input(field));
    Input made{"b", "Label", plain_text_input(field)};
    for (const char* key : {"optional", "dispatch_action", "hint"}) CHECK_FALSE(input(made).json.contains(key));
    made.dispatch_action = true;
    CHECK(input(made).json.at("dispatch_action") == true);
    field.max_length = 0;
    field.min_length.reset();
    CHECK_THROWS_AS(plain_text_input(field), std::length_error);
}
