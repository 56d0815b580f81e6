#include "handlers/slack/interaction.hpp"
#include "tests/support/test_data.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <functional>

using namespace countersign;
using namespace countersign::slack;
namespace json = boost::json;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

std::string text_of(const json::value& value) { return {value.as_string().data(), value.as_string().size()}; }

Form command_form()
{
    Form form;
    const json::value fields = test::test_data("slack/own_examples.json").at("slash_command_fields");
    for (const auto& field : fields.as_object())
        form.emplace_back(std::string{field.key().data(), field.key().size()}, text_of(field.value()));
    return form;
}

json::value example(const char* name) { return test::test_data("slack/own_examples.json").at(name); }
json::value sdk_payload(const char* name) { return test::test_data("slack/bolt_python_payloads.json").at(name); }

// The anonymized ids of the SDK's payloads are not of Slack's form.
std::string real_ids(const json::value& payload)
{
    std::string text = json::serialize(payload);
    for (const auto& [from, to] : std::initializer_list<std::pair<std::string, std::string>>{
             {"T-other-side", "TOTHERSIDE"},
             {"E-other-side", "EOTHERSIDE"},
             {"T-installed-workspace", "TINSTALLED"},
             {"T_expected", "TEXPECTED"},
             {"T_unexpected", "TUNEXPECTED"},
             {"T_INSTALLED", "TINSTALLED"},
             {"E_INSTALLED", "EINSTALLED"},
             {"T_SOURCE", "TSOURCE"},
             {"E_SOURCE", "ESOURCE"}})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
            text.replace(at, from.size(), to);
    return text;
}

template <class T>
T as(Result<Interaction> interaction)
{
    REQUIRE(interaction.has_value());
    REQUIRE(std::holds_alternative<T>(*interaction));
    return std::get<T>(std::move(*interaction));
}

bool is_malformed(const Result<Interaction>& interaction)
{
    return !interaction && interaction.error() == Errc::malformed;
}

// One of our payloads with a change.
std::string changed(const char* name, const std::function<void(json::object&)>& change)
{
    json::value payload = example(name);
    change(payload.as_object());
    return json::serialize(payload);
}

void set(Form& form, std::string_view name, std::string value)
{
    for (auto& [key, old] : form)
        if (key == name) old = std::move(value);
}

}  // namespace

// --- slash commands ---

TEST_CASE("a slash command is parsed to its ids", "[slack]")
{
    const auto command = as<SlashCommand>(parse_command(command_form()));
    CHECK(command.source.app_id == "A019UV9PCQN");
    CHECK(command.source.team == SlackTeamId{"T024BE7LD"});
    CHECK(command.source.enterprise == "E0123ABCD");
    CHECK_FALSE(command.source.org_install);
    CHECK(command.actor.id == SlackUserId{"U061F7AUR"});
    CHECK(command.channel == ChannelId{"C061EG9SL"});
    CHECK(command.command == "/reset-password");
    CHECK(command.text == "<mailto:ada@example.com|ada@example.com>");
    CHECK(command.response_url.expose().starts_with("https://hooks.slack.com/commands/"));
    CHECK(command.trigger_id.expose().starts_with("6123456789."));
}

TEST_CASE("a command without what it needs is malformed", "[slack]")
{
    const std::string name = GENERATE("user_id", "channel_id", "command", "response_url", "trigger_id");
    CAPTURE(name);
    Form missing = command_form();
    std::erase_if(missing, [&name](const auto& field) { return field.first == name; });
    CHECK(is_malformed(parse_command(missing)));
    Form empty = command_form();
    set(empty, name, "");
    CHECK(is_malformed(parse_command(empty)));
}

TEST_CASE("a command without text, team or app is none the worse", "[slack]")
{
    Form form = command_form();
    std::erase_if(form, [](const auto& field) {
        return field.first == "text" || field.first.starts_with("team_") || field.first == "api_app_id" ||
            field.first.starts_with("enterprise_") || field.first == "is_enterprise_install";
    });
    form.emplace_back("api_app_id", "");
    const auto command = as<SlashCommand>(parse_command(form));
    CHECK(command.text.empty());
    CHECK(command.source.app_id.empty());
    CHECK_FALSE(command.source.team);
}

TEST_CASE("a form field twice is malformed, whichever it is", "[slack]")
{
    for (const auto& field : command_form())
    {
        Form form = command_form();
        form.push_back(field);
        CAPTURE(field.first);
        CHECK(is_malformed(parse_command(form)));
    }
    Form form = command_form();
    form.emplace_back("unknown", "");
    form.emplace_back("unknown", "");
    CHECK(is_malformed(parse_command(form)));
}

TEST_CASE("ids of another form are malformed", "[slack]")
{
    const std::string bad = GENERATE(
        "u061f7aur", "U061 F7AUR", "U061-F7AUR", "U061F7AUR\n", "<@U061F7AUR>", "U0123456789012345678901234567890123",
        "U\u0430");
    CAPTURE(bad);
    for (const char* name : {"user_id", "channel_id", "team_id", "api_app_id", "enterprise_id"})
    {
        Form form = command_form();
        set(form, name, bad);
        CHECK(is_malformed(parse_command(form)));
    }
}

TEST_CASE("hostile command fields are malformed", "[slack]")
{
    const auto with = [](std::string_view name, std::string value) {
        Form form = command_form();
        set(form, name, std::move(value));
        return parse_command(form);
    };
    CHECK(is_malformed(with("text", std::string{"a\0b", 3})));
    CHECK(is_malformed(with("text", "\xFF")));
    CHECK(is_malformed(with("text", std::string(40001, 'a'))));
    CHECK(with("text", std::string(40000, 'a')).has_value());
    CHECK(is_malformed(with("command", "reset-password")));
    CHECK(is_malformed(with("command", "/")));
    CHECK(is_malformed(with("command", "/reset password")));
    CHECK(is_malformed(with("command", "/" + std::string(64, 'a'))));
    CHECK(is_malformed(with("is_enterprise_install", "maybe")));
    CHECK(is_malformed(with("response_url", "https://hooks.slack.com/x y")));
    CHECK(is_malformed(with("trigger_id", "1.2.\x01")));
    CHECK(is_malformed(with("trigger_id", std::string(2001, '1'))));
}

TEST_CASE("a form of too many fields is too large", "[slack]")
{
    Form form = command_form();
    for (int i = 0; i < 60; ++i) form.emplace_back("field" + std::to_string(i), "x");
    CHECK(parse_command(form).error() == Errc::too_large);
}

TEST_CASE("a command from an organization-wide installation says so", "[slack]")
{
    Form form = command_form();
    set(form, "is_enterprise_install", "true");
    CHECK(as<SlashCommand>(parse_command(form)).source.org_install);
}

TEST_CASE("a command over Socket Mode is the same command", "[slack]")
{
    const auto envelope = example("sm_envelope_slash");
    const auto command = as<SlashCommand>(read_command(envelope.at("payload")));
    CHECK(command.actor.id == SlackUserId{"U061F7AUR"});
    CHECK(command.text == "ada@example.com");
}

// --- interactivity ---

TEST_CASE("a click in a channel message is parsed to its ids", "[slack]")
{
    const auto click = as<BlockAction>(parse_interaction(json::serialize(example("block_actions"))));
    CHECK(click.source.app_id == "A019UV9PCQN");
    CHECK(click.source.team == SlackTeamId{"T024BE7LD"});
    CHECK_FALSE(click.source.enterprise);
    CHECK(click.actor.id == SlackUserId{"U061F7AUR"});
    CHECK(click.actor.team == SlackTeamId{"T024BE7LD"});
    CHECK(click.channel == ChannelId{"C061EG9SL"});
    CHECK(click.message_ts == MessageTs{"1763800000.000100"});
    CHECK_FALSE(click.view_id);
    CHECK(click.action_id == "reset.approve");
    CHECK(click.block_id == "req-7f3a");
    CHECK(click.value == "v1.7f3a2c");
    CHECK(click.selected.empty());
    REQUIRE(click.response_url);
    CHECK(click.response_url->expose().starts_with("https://hooks.slack.com/actions/"));
}

TEST_CASE("a choice in a view is parsed to the view and the option", "[slack]")
{
    const auto click = as<BlockAction>(parse_interaction(
        R"({"type":"block_actions","user":{"id":"U1"},"trigger_id":"1.2.a","container":{"type":"view","view_id":"V1"},)"
        R"("view":{"id":"V1","hash":"1.x","private_metadata":"m","app_installed_team_id":"T1"},)"
        R"("actions":[{"type":"static_select","action_id":"a","block_id":"b","value":null,)"
        R"("selected_option":{"text":{"type":"plain_text","text":"One"},"value":"one"}}]})"));
    CHECK(click.view_id == "V1");
    CHECK(click.view_hash == "1.x");
    CHECK(click.private_metadata == "m");
    CHECK(click.source.team == SlackTeamId{"T1"});
    CHECK(click.selected == "one");
    CHECK(click.value.empty());
    CHECK_FALSE(click.channel);
    CHECK_FALSE(click.message_ts);
    CHECK_FALSE(click.response_url);
    CHECK_FALSE(click.actor.team);
}

TEST_CASE("a click of no action, or of two, is malformed", "[slack]")
{
    CHECK(is_malformed(parse_interaction(changed("block_actions", [](json::object& o) { o.erase("actions"); }))));
    CHECK(is_malformed(parse_interaction(changed("block_actions", [](json::object& o) { o["actions"] = nullptr; }))));
    CHECK(is_malformed(parse_interaction(changed("block_actions", [](json::object& o) { o["actions"] = "x"; }))));
    CHECK(is_malformed(
        parse_interaction(changed("block_actions", [](json::object& o) { o["actions"].as_array().clear(); }))));
    CHECK(is_malformed(parse_interaction(changed("block_actions", [](json::object& o) {
        const json::value first = o["actions"].as_array().front();
        o["actions"].as_array().push_back(first);
    }))));
}

TEST_CASE("names and values over their limits are malformed", "[slack]")
{
    const auto with = [](const char* key, std::string value) {
        return parse_interaction(
            changed("block_actions", [&](json::object& o) { o["actions"].as_array()[0].as_object()[key] = value; }));
    };
    CHECK(with("action_id", std::string(255, 'a')).has_value());
    CHECK(is_malformed(with("action_id", std::string(256, 'a'))));
    CHECK(is_malformed(with("action_id", "")));
    CHECK(is_malformed(with("action_id", "a\nb")));
    CHECK(is_malformed(with("block_id", std::string(256, 'a'))));
    CHECK(is_malformed(with("value", std::string(3001, 'a'))));
}

TEST_CASE("a payload whose ids are missing or of another form is malformed", "[slack]")
{
    const std::string name = GENERATE("block_actions", "view_submission", "view_closed", "shortcut", "message_action");
    CAPTURE(name);
    const char* c = name.c_str();
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o.erase("user"); }))));
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o["user"] = "U061F7AUR"; }))));
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o["user"].as_object()["id"] = 7; }))));
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o["user"].as_object()["id"] = "u-1"; }))));
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o["team"].as_object()["id"] = "t_1"; }))));
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o["api_app_id"] = "a b"; }))));
    CHECK(is_malformed(parse_interaction(changed(c, [](json::object& o) { o["enterprise"] = {{"id", "e?"}}; }))));
}

TEST_CASE("a payload without its trigger is malformed where one belongs", "[slack]")
{
    const std::string name = GENERATE("block_actions", "shortcut", "message_action");
    CHECK(is_malformed(parse_interaction(changed(name.c_str(), [](json::object& o) { o.erase("trigger_id"); }))));
}

TEST_CASE("unknown keys are ignored and null is absent", "[slack]")
{
    const auto click = as<BlockAction>(parse_interaction(changed("block_actions", [](json::object& o) {
        o["something_new"] = {{"deep", {1, 2, 3}}};
        o["response_url"] = nullptr;
        o["api_app_id"] = nullptr;
    })));
    CHECK_FALSE(click.response_url);
    CHECK(click.source.app_id.empty());
}

TEST_CASE("a submission carries its view and what was entered", "[slack]")
{
    const auto form = as<ViewSubmission>(parse_interaction(json::serialize(example("view_submission"))));
    CHECK(form.source.team == SlackTeamId{"T024BE7LD"});
    CHECK(form.actor.id == SlackUserId{"U061F7AUR"});
    CHECK(form.callback_id == "reset_form");
    CHECK(form.private_metadata == "{\"v\":1}");
    CHECK(form.view_id == "V06ABCDEF12");
    CHECK(form.view_hash == "1763800050.AbCdEf12");
    CHECK(form.value("email/v") == "ada@example.com");
    CHECK(form.value("email/x").empty());
    CHECK(form.trigger_id.has_value());
}

TEST_CASE("every kind of input gives its value", "[slack]")
{
    const auto form = as<ViewSubmission>(parse_interaction(changed("view_submission", [](json::object& o) {
        o["view"].as_object()["state"] =
            json::parse(R"({"values":{"b":{"text":{"value":"t"},"untouched":{"value":null},"empty":{"value":""},)"
                        R"("radio":{"selected_option":{"value":"r"}},"none":{"selected_option":null},)"
                        R"("boxes":{"selected_options":[{"value":"1"},{"value":"2"}]},"nobox":{"selected_options":[]},)"
                        R"("user":{"selected_user":"U1"},"date":{"selected_date":"2026-11-22"}}}})");
    })));
    CHECK(form.value("b/text") == "t");
    CHECK(form.values.count("b/untouched") == 0);
    CHECK(form.values.count("b/empty") == 1);
    CHECK(form.value("b/radio") == "r");
    CHECK(form.values.count("b/none") == 0);
    CHECK(form.value("b/boxes") == "1\n2");
    CHECK(form.value("b/nobox").empty());
    CHECK(form.value("b/user") == "U1");
    CHECK(form.value("b/date") == "2026-11-22");
}

TEST_CASE("a state of the wrong shape is malformed", "[slack]")
{
    const std::string state = GENERATE(
        R"({"values":[]})", R"({"values":{"b":7}})", R"({"values":{"b":{"a":{"selected_options":7}}}})",
        R"({"values":{"b":{"a":{"selected_options":[{"value":7}]}}}})",
        R"({"values":{"a/b":{"c":{"value":"1"}},"a":{"b/c":{"value":"2"}}}})");
    CAPTURE(state);
    CHECK(is_malformed(parse_interaction(
        changed("view_submission", [&](json::object& o) { o["view"].as_object()["state"] = json::parse(state); }))));
    CHECK(is_malformed(parse_interaction(changed("view_submission", [](json::object& o) {
        json::object blocks;
        for (int i = 0; i < 101; ++i) blocks[std::to_string(i)] = json::object{};
        o["view"].as_object()["state"] = {{"values", blocks}};
    }))));
    CHECK(is_malformed(parse_interaction(changed("view_submission", [](json::object& o) {
        o["view"].as_object()["state"] = {{"values", {{"b", {{"a", {{"value", std::string(3001, 'x')}}}}}}}};
    }))));
}

TEST_CASE("a submission without its view is malformed", "[slack]")
{
    CHECK(is_malformed(parse_interaction(changed("view_submission", [](json::object& o) { o.erase("view"); }))));
    CHECK(is_malformed(parse_interaction(
        changed("view_submission", [](json::object& o) { o["view"].as_object().erase("callback_id"); }))));
    CHECK(is_malformed(
        parse_interaction(changed("view_submission", [](json::object& o) { o["view"].as_object().erase("id"); }))));
    CHECK(is_malformed(parse_interaction(changed("view_submission", [](json::object& o) {
        o["view"].as_object()["private_metadata"] = std::string(3001, 'x');
    }))));
}

TEST_CASE("a closed view, a shortcut and a message shortcut are parsed", "[slack]")
{
    const auto closed = as<ViewClosed>(parse_interaction(json::serialize(example("view_closed"))));
    CHECK(closed.view_id == "V06ABCDEF12");
    CHECK(closed.callback_id == "reset_form");
    CHECK_FALSE(closed.is_cleared);

    const auto shortcut = as<Shortcut>(parse_interaction(json::serialize(example("shortcut"))));
    CHECK(shortcut.callback_id == "reset_request");
    CHECK(shortcut.source.app_id.empty());
    CHECK(shortcut.actor.id == SlackUserId{"U061F7AUR"});

    const auto action = as<MessageAction>(parse_interaction(json::serialize(example("message_action"))));
    CHECK(action.callback_id == "reset_from_message");
    CHECK(action.channel == ChannelId{"C061EG9SL"});
    CHECK(action.message_ts == MessageTs{"1763799999.000200"});
    CHECK(action.author == SlackUserId{"U062G8BVS"});
    CHECK(action.text == "I am locked out");
    CHECK_FALSE(action.actor.team);
}

TEST_CASE("on an organization-wide installation the workspace is where the app is installed", "[slack]")
{
    const auto click = as<BlockAction>(parse_interaction(real_ids(sdk_payload("org_wide_block_actions"))));
    CHECK(click.source.org_install);
    CHECK(click.source.enterprise == "E111");
    CHECK(click.source.team == SlackTeamId{"TEXPECTED"});

    const auto form = as<ViewSubmission>(parse_interaction(real_ids(sdk_payload("org_wide_view_submission"))));
    CHECK(form.source.team == SlackTeamId{"TEXPECTED"});
    CHECK(form.actor.team == SlackTeamId{"TUNEXPECTED"});
    CHECK(form.value("+5B/MMKH") == "test");

    const auto closed = as<ViewClosed>(parse_interaction(real_ids(sdk_payload("org_wide_view_closed"))));
    CHECK(closed.source.team == SlackTeamId{"TEXPECTED"});
}

TEST_CASE("another company's person does not make the workspace theirs", "[slack]")
{
    const auto form =
        as<ViewSubmission>(parse_interaction(real_ids(sdk_payload("view_submission_slack_connect_other_side"))));
    CHECK(form.source.team == SlackTeamId{"TINSTALLED"});
    CHECK(form.actor.team == SlackTeamId{"TOTHERSIDE"});
    CHECK(form.source.enterprise == "EOTHERSIDE");
}

TEST_CASE("the SDK's other payloads are parsed to their ids", "[slack]")
{
    const auto click =
        as<BlockAction>(parse_interaction(real_ids(sdk_payload("block_actions_grid_workspace_install"))));
    CHECK(click.actor.id == SlackUserId{"W111"});
    CHECK(click.source.enterprise == "E111");
    CHECK(click.message_ts == MessageTs{"111.222"});
    CHECK(click.value == "click_me_123");

    const auto form =
        as<ViewSubmission>(parse_interaction(real_ids(sdk_payload("view_submission_grid_workspace_install"))));
    CHECK(form.value("hspI/maBWU") == "test");
    CHECK(as<ViewSubmission>(parse_interaction(real_ids(sdk_payload("view_submission_with_response_urls"))))
              .values.empty());
    CHECK(as<ViewClosed>(parse_interaction(real_ids(sdk_payload("view_closed")))).view_id == "V111");
    CHECK(as<Shortcut>(parse_interaction(real_ids(sdk_payload("shortcut_global")))).callback_id == "test-shortcut");
    CHECK(as<MessageAction>(parse_interaction(real_ids(sdk_payload("message_action")))).author == SlackUserId{"W111"});
}

TEST_CASE("an id that is not of Slack's form is refused in the SDK's payloads too", "[slack]")
{
    const auto name = GENERATE(
        "view_submission_slack_connect_other_side", "org_wide_view_submission", "org_wide_block_actions",
        "org_wide_view_closed");
    CHECK(is_malformed(parse_interaction(json::serialize(sdk_payload(name)))));
}

// --- events ---

TEST_CASE("a challenge is given back", "[slack]")
{
    const auto check = as<UrlVerification>(parse_event(R"({"type":"url_verification","token":"t","challenge":"abc"})"));
    CHECK(check.challenge == "abc");
    CHECK(is_malformed(parse_event(R"({"type":"url_verification"})")));
    CHECK(is_malformed(parse_event(R"({"type":"url_verification","challenge":7})")));
}

TEST_CASE("an event is parsed to the workspace that is ours", "[slack]")
{
    const auto event =
        as<AppEvent>(parse_event(real_ids(sdk_payload("event_shared_channel_valid_reaction_added_body"))));
    CHECK(event.event_id == "Ev111");
    CHECK(event.type == "reaction_added");
    CHECK(event.source.team == SlackTeamId{"TINSTALLED"});
    CHECK(event.user == SlackUserId{"W111"});

    const auto mention = as<AppEvent>(parse_event(real_ids(sdk_payload("event_shared_channel_valid_event_body"))));
    CHECK(mention.channel == ChannelId{"C111"});
}

TEST_CASE("events name their person, group and tab, however they write them", "[slack]")
{
    const auto home =
        as<AppEvent>(parse_event(R"({"type":"event_callback","event_id":"Ev1","team_id":"T1","event":)"
                                 R"({"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"}})"));
    CHECK(home.tab == "home");
    CHECK(home.channel == ChannelId{"D1"});
    CHECK(home.source.team == SlackTeamId{"T1"});
    const auto person = as<AppEvent>(parse_event(
        R"({"type":"event_callback","event_id":"Ev1","event":{"type":"user_change","user":{"id":"U2","deleted":true}}})"));
    CHECK(person.user == SlackUserId{"U2"});
    const auto group = as<AppEvent>(parse_event(
        R"({"type":"event_callback","event_id":"Ev1","event":{"type":"subteam_members_changed","subteam_id":"S1"}})"));
    CHECK(group.group == SlackGroupId{"S1"});
}

TEST_CASE("an event without its id or type is malformed", "[slack]")
{
    CHECK(is_malformed(parse_event(R"({"type":"event_callback","event":{"type":"x"}})")));
    CHECK(is_malformed(parse_event(R"({"type":"event_callback","event_id":"Ev1","event":{}})")));
    CHECK(is_malformed(parse_event(R"({"type":"event_callback","event_id":"Ev1"})")));
    CHECK(is_malformed(parse_event(R"({"type":"event_callback","event_id":"Ev1","event":{"type":"x","user":"?"}})")));
}

TEST_CASE("Socket Mode's payloads are the same payloads", "[slack]")
{
    const auto frames = test::test_data("slack/python_sdk_socket_mode_frames.json");
    REQUIRE(frames.at("envelopes").as_array().size() == 4);
    for (const auto& envelope : frames.at("envelopes").as_array())
    {
        const auto& payload = envelope.at("payload");
        if (envelope.at("type") == "slash_commands")
            CHECK(as<SlashCommand>(read_command(payload)).actor.id == SlackUserId{"U111"});
        else if (envelope.at("type") == "interactive")
            CHECK(as<Shortcut>(read_interaction(payload)).actor.id == SlackUserId{"U111"});
        else
            CHECK(as<AppEvent>(read_event(payload)).user == SlackUserId{"U222"});
    }
}

// --- hostile texts ---

TEST_CASE("a type that nothing handles is unsupported", "[slack]")
{
    CHECK(parse_interaction(R"({"type":"block_suggestion"})").error() == Errc::unsupported);
    CHECK(parse_interaction(R"({"type":"event_callback"})").error() == Errc::unsupported);
    CHECK(parse_event(R"({"type":"app_rate_limited"})").error() == Errc::unsupported);
    CHECK(parse_event(R"({"type":"block_actions"})").error() == Errc::unsupported);
}

TEST_CASE("what is no object with a type is malformed", "[slack]")
{
    const std::string text = GENERATE(
        "", " ", "{", "{}", "[]", "null", "7", "\"x\"", "true", "{\"type\":7}", "{\"type\":null}", "{\"type\":\"\"}",
        "{\"type\":\"block_actions\"}{}", "{\"type\":\"block_\xFF\"}", "{'type':'x'}", "{\"type\":\"x\",}",
        "\xEF\xBB\xBF{}", "{\"type\":\"\\ud800\"}", "[[{\"type\":\"block_actions\"}]]");
    CAPTURE(text);
    CHECK(is_malformed(parse_interaction(text)));
    CHECK(is_malformed(parse_event(text)));
}

TEST_CASE("JSON deeper than 32 levels is malformed, up to it is read", "[slack]")
{
    const auto nested = [](std::size_t depth) {
        return R"({"type":"block_suggestion","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
    };
    CHECK(parse_interaction(nested(31)).error() == Errc::unsupported);
    CHECK(is_malformed(parse_interaction(nested(32))));
    CHECK(is_malformed(parse_interaction(nested(100'000))));
}

TEST_CASE("JSON over a mebibyte is too large", "[slack]")
{
    const std::string text = "{\"type\":\"" + std::string(1024 * 1024, 'x') + "\"}";
    CHECK(parse_interaction(text).error() == Errc::too_large);
}

TEST_CASE("no payload cut short, or with a byte turned, throws", "[slack]")
{
    for (const char* name : {"block_actions", "view_submission", "view_closed", "shortcut", "message_action"})
    {
        const std::string whole = json::serialize(example(name));
        for (std::size_t i = 0; i < whole.size(); ++i)
        {
            CHECK_NOTHROW(static_cast<void>(parse_interaction(whole.substr(0, i))));
            for (const char byte : {'\0', '"', '{', '\x80', '9'})
            {
                std::string turned = whole;
                turned[i] = byte;
                CHECK_NOTHROW(static_cast<void>(parse_interaction(turned)));
            }
        }
    }
}
