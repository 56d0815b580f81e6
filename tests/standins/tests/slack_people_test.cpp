#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

namespace {

// Every key of the example is in the payload, at any depth; arrays are compared by their first element.
void has_keys_of(const json::value& example, const json::value& payload, const std::string& at)
{
    INFO(at);
    if (const auto* object = example.if_object())
    {
        REQUIRE(payload.is_object());
        for (const auto& member : *object)
        {
            const auto where = at + '/' + std::string{member.key().data(), member.key().size()};
            INFO(where);
            const auto* own = payload.get_object().if_contains(member.key());
            REQUIRE(own != nullptr);
            has_keys_of(member.value(), *own, where);
        }
    }
    const auto* array = example.if_array();
    if (array == nullptr) return;
    REQUIRE(payload.is_array());
    if (array->empty()) return;
    REQUIRE_FALSE(payload.get_array().empty());
    has_keys_of(array->front(), payload.get_array().front(), at + "/0");
}

std::string field(const Delivery& delivery, const char* name)
{
    return form_value(*parse_form(delivery.request.body), name);
}

std::string delivered_text(Workspace& slack, const std::string& typed)
{
    return field(slack.command(requester, helpdesk, "/reset-password", typed, start), "text");
}

Delivery approve(Workspace& slack, const char* who = approver, const Variant& variant = {})
{
    return slack.click(who, approvals, post_card(slack), "reset.approve", start, variant);
}

json::object example_view()
{
    auto view = data("own_examples.json").at("view_submission").at("view").as_object();
    for (const char* given_by_slack :
         {"id", "team_id", "hash", "state", "root_view_id", "previous_view_id", "app_id", "app_installed_team_id",
          "bot_id"})
        view.erase(given_by_slack);
    return view;
}

Delivery submit(Workspace& slack, const char* who = requester, const Variant& variant = {})
{
    const auto id = slack.click(who, approvals, post_card(slack), "reset.approve", start).trigger_id;
    call(slack, "views.open", {{"trigger_id", id}, {"view", json::serialize(example_view())}});
    return slack.submit_view(who, {{"email", "ada@example.com"}}, start, variant);
}

}  // namespace

TEST_CASE("a command carries every field of the example", "[slack][deliveries]")
{
    auto with = options();
    with.enterprise_id = "E0123ABCD";
    with.enterprise_name = "Acme Group";
    auto slack = workspace(with);
    const auto delivery = slack.command(requester, helpdesk, "/reset-password", "ada@example.com", start);
    CHECK(delivery.request.target == "/slack/commands");
    const auto examples = data("own_examples.json");
    REQUIRE(examples.at("slash_command_fields").as_object().size() > 10);
    for (const auto& member : examples.at("slash_command_fields").as_object())
    {
        const std::string name{member.key().data(), member.key().size()};
        INFO(name);
        const bool is_random = name == "response_url" || name == "trigger_id";
        if (is_random)
            CHECK_FALSE(field(delivery, name.c_str()).empty());
        else
            CHECK(field(delivery, name.c_str()) == member.value().as_string().c_str());
    }
}

TEST_CASE("outside a Grid organisation a command names no enterprise", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto body = slack.command(requester, helpdesk, "/reset-password", "", start).request.body;
    CHECK(body.find("enterprise_id") == std::string::npos);
    CHECK(body.find("is_enterprise_install=false") != std::string::npos);
}

TEST_CASE("interactions carry every key of the examples", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto examples = data("own_examples.json");
    has_keys_of(examples.at("block_actions"), payload_of(approve(slack)), "block_actions");
    has_keys_of(examples.at("view_submission"), payload_of(submit(slack)), "view_submission");
    has_keys_of(examples.at("view_closed"), payload_of(*slack.close_view(requester, start)), "view_closed");
    has_keys_of(examples.at("shortcut"), payload_of(slack.shortcut(requester, "reset", start)), "shortcut");
    const auto ts = slack.say(approver, helpdesk, "I am locked out", start);
    has_keys_of(
        examples.at("message_action"), payload_of(slack.message_shortcut(requester, helpdesk, ts, "ask", start)),
        "message_action");
}

TEST_CASE("a click carries the button's value and the message as it stands", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto payload = payload_of(approve(slack));
    CHECK(payload.at("actions").at(0).at("value") == "v1.7f3a2c");
    CHECK(payload.at("actions").at(0).at("block_id") == "req-7f3a");
    CHECK(payload.at("container").at("channel_id") == approvals);
    const auto& elements = payload.at("message").at("blocks").at(1).at("elements").as_array();
    CHECK(elements.at(1).at("text").at("text") == "Deny &amp; close");
}

TEST_CASE("a button that is gone cannot be pressed", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    CHECK_THROWS_AS(slack.click(approver, approvals, ts, "reset.explode", start), CannotAct);
    call(slack, "chat.update", {{"channel", approvals}, {"ts", ts}, {"text", "Done"}});
    CHECK_THROWS_AS(slack.click(approver, approvals, ts, "reset.approve", start), CannotAct);
    CHECK_THROWS_AS(slack.click(approver, approvals, "1.000001", "reset.approve", start), CannotAct);
}

TEST_CASE("people act only where they see something and only while they are here", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    for (const char* who : {guest, leaver, outsider, stranger, "U019BOT00", "U0NOBODY"})
    {
        INFO(who);
        CHECK_THROWS_AS(slack.click(who, approvals, ts, "reset.approve", start), CannotAct);
        CHECK_THROWS_AS(slack.command(who, approvals, "/reset-password", "", start), CannotAct);
    }
    CHECK_NOTHROW(slack.command(guest, helpdesk, "/reset-password", "", start));
    const auto whisper = text_of(
        call(
            slack, "chat.postEphemeral",
            {{"channel", approvals}, {"user", requester}, {"text", "x"}, {"blocks", button_blocks}}),
        "message_ts");
    CHECK_THROWS_AS(slack.click(approver, approvals, whisper, "reset.approve", start), CannotAct);
    slack.user(approver).standing = Standing::deactivated;
    CHECK_THROWS_AS(slack.click(approver, approvals, ts, "reset.approve", start), CannotAct);
}

TEST_CASE("an outsider presses buttons in a shared channel but runs no commands", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto ts = post_card(slack, shared);
    const auto payload = payload_of(slack.click(outsider, shared, ts, "reset.approve", start));
    CHECK(payload.at("user").at("team_id") == "T0OTHER00");
    CHECK(payload.at("team").at("id") == "T024BE7LD");
    CHECK_THROWS_AS(slack.command(outsider, shared, "/reset-password", "", start), CannotAct);
    CHECK_THROWS_AS(slack.shortcut(outsider, "reset", start), CannotAct);
    CHECK_THROWS_AS(slack.message_shortcut(outsider, shared, ts, "ask", start), CannotAct);
}

TEST_CASE("an outsider's submission names the other side, and our team in one place", "[slack][deliveries]")
{
    auto slack = workspace();
    const auto ts = post_card(slack, shared);
    const auto id = slack.click(outsider, shared, ts, "reset.approve", start).trigger_id;
    call(slack, "views.open", {{"trigger_id", id}, {"view", json::serialize(example_view())}});
    const auto payload = payload_of(slack.submit_view(outsider, {{"email", "ada@example.com"}}, start));
    CHECK(payload.at("team").at("id") == "T0OTHER00");
    CHECK(payload.at("user").at("team_id") == "T0OTHER00");
    CHECK(payload.at("view").at("team_id") == "T0OTHER00");
    CHECK(payload.at("view").at("app_installed_team_id") == "T024BE7LD");
}

TEST_CASE("an org-wide install has no team, but an enterprise", "[slack][deliveries]")
{
    auto slack = workspace();
    Variant org;
    org.org_install = true;
    const auto delivery = approve(slack, approver, org);
    const auto payload = payload_of(delivery);
    CHECK(payload.at("team").is_null());
    CHECK(payload.at("enterprise").at("id") == "E0123ABCD");
    CHECK(payload.at("is_enterprise_install") == true);
    CHECK(delivery.response_url.find("/actions/E0123ABCD/") != std::string::npos);
    const auto command = slack.command(requester, helpdesk, "/reset-password", "", start, org);
    CHECK(field(command, "is_enterprise_install") == "true");
    CHECK(field(command, "enterprise_id") == "E0123ABCD");
}

TEST_CASE("a delivery can claim another workspace or app, or leave out the person's team", "[slack][deliveries]")
{
    auto slack = workspace();
    Variant foreign;
    foreign.team_id = "T0EVIL000";
    foreign.app_id = "A0EVIL000";
    CHECK(payload_of(approve(slack, approver, foreign)).at("team").at("id") == "T0EVIL000");
    CHECK(payload_of(approve(slack, approver, foreign)).at("api_app_id") == "A0EVIL000");
    const auto command = slack.command(requester, helpdesk, "/reset-password", "", start, foreign);
    CHECK(field(command, "team_id") == "T0EVIL000");
    CHECK(field(command, "api_app_id") == "A0EVIL000");
    Variant teamless;
    teamless.without_user_team_id = true;
    const auto bare = approve(slack, requester, teamless);
    CHECK_FALSE(payload_of(bare).at("user").as_object().contains("team_id"));
}

TEST_CASE("a typed text arrives as Slack rewrites it", "[slack][text]")
{
    auto slack = workspace();
    CHECK(delivered_text(slack, "") == "");
    CHECK(delivered_text(slack, "ada@example.com") == "<mailto:ada@example.com|ada@example.com>");
    CHECK(
        delivered_text(
            slack,
            "\xE2\x80\x9C"
            "ada@example.com\xE2\x80\x9D why") ==
        "\xE2\x80\x9C<mailto:ada@example.com|ada@example.com>\xE2\x80\x9D why");
    CHECK(delivered_text(slack, "ada@example.com\xC2\xA0") == "<mailto:ada@example.com|ada@example.com>\xC2\xA0");
    CHECK(delivered_text(slack, "a&b <c>") == "a&amp;b &lt;c&gt;");
    CHECK(delivered_text(slack, "<mailto:a@b.co|x>") == "&lt;mailto:<mailto:a@b.co|a@b.co>|x&gt;");
    CHECK(delivered_text(slack, "@ada #helpdesk #approvals") == "<@U062G8BVS> <#C061EG9SL|helpdesk> <#C062APPRV|>");
    CHECK(delivered_text(slack, "https://example.com/?a=1&b=2") == "<https://example.com/?a=1&amp;b=2>");
    CHECK(delivered_text(slack, "@nobody user@localhost") == "@nobody user@localhost");
    slack.options().addresses_become_links = false;
    CHECK(delivered_text(slack, "ada@example.com") == "ada@example.com");
    slack.options().should_escape = false;
    CHECK(delivered_text(slack, "@ada https://example.com") == "@ada https://example.com");
}

TEST_CASE("a command's answer is a private message, plain or JSON", "[slack][answers]")
{
    auto slack = workspace();
    const auto run = [&](const Response& answer, TimeMs after) {
        slack.answered(slack.command(requester, helpdesk, "/reset-password", "x", start), answer, start + after);
    };
    run(ok(), 10);
    CHECK(slack.visible_to(requester, helpdesk).empty());
    run(ok("plain", "text/plain"), 10);
    run(ok(R"({"text":"json"})"), 3'000);
    run(ok(R"({"text":"shown as it is"})", "text/plain"), 10);
    const auto seen = slack.visible_to(requester, helpdesk);
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].text == "plain");
    CHECK(seen[1].text == "json");
    CHECK(seen[2].text == R"({"text":"shown as it is"})");
    CHECK(slack.visible_to(approver, helpdesk).empty());
    CHECK(slack.notices(requester).empty());
}

TEST_CASE("an in_channel answer shows the typed command to everybody", "[slack][answers]")
{
    auto slack = workspace();
    slack.answered(
        slack.command(requester, helpdesk, "/reset-password", "x", start),
        ok(R"({"response_type":"in_channel","text":"for all"})"), start + 10);
    const auto seen = slack.visible_to(approver, helpdesk);
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].text == "/reset-password x");
    CHECK(seen[1].text == "for all");
    slack.answered(
        slack.command(requester, helpdesk, "/reset-password", "y", start), ok(R"({"response_type":"in_channel"})"),
        start + 10);
    CHECK(slack.visible_to(approver, helpdesk).size() == 3);
}

TEST_CASE("a late, failed or impossible answer is an error that only the person sees", "[slack][answers]")
{
    auto slack = workspace();
    const auto run = [&] { return slack.command(requester, helpdesk, "/reset-password", "x", start); };
    slack.answered(run(), ok("late", "text/plain"), start + 3'001);
    slack.answered(run(), Response{503, {}, "busy"}, start + 10);
    slack.unanswered(run(), start + 10);
    slack.answered(run(), ok("{"), start + 10);
    slack.answered(run(), ok(R"({"text":"x","blocks":[{"type":"nonsense"}]})"), start + 10);
    CHECK(
        slack.notices(requester) ==
        std::vector<std::string>{
            "/reset-password failed with the error \"operation_timeout\"",
            "/reset-password failed with the error \"dispatch_failed\"",
            "/reset-password failed with the error \"dispatch_failed\"",
            "/reset-password failed with the error \"invalid_command_response\"",
            "/reset-password failed with the error \"invalid_blocks\""});
    CHECK(slack.notices(approver).empty());
    CHECK(slack.visible_to(requester, helpdesk).empty());
}

TEST_CASE("the events URL counts as verified when the challenge comes back in time", "[slack][answers]")
{
    for (const char* form : {"plain", "form", "json", "wrong"})
    {
        auto slack = workspace();
        const auto delivery = slack.url_verification(start);
        CHECK(delivery.request.target == "/slack/events");
        const auto& challenge = delivery.challenge;
        const std::string kind = form;
        auto body = challenge;
        if (kind == "form") body = "challenge=" + challenge;
        if (kind == "json") body = json::serialize(json::object{{"challenge", challenge}});
        if (kind == "wrong") body = "something else";
        slack.answered(delivery, ok(body), start + 10);
        INFO(form);
        CHECK(slack.state().url_verified == (kind != "wrong"));
    }
}

TEST_CASE("opening the home is an event that can be delivered again", "[slack][events]")
{
    auto slack = workspace();
    const auto delivery = slack.open_home(requester, start);
    const auto body = json::parse(delivery.request.body).as_object();
    CHECK(body.at("type") == "event_callback");
    CHECK(body.at("event").at("type") == "app_home_opened");
    CHECK(body.at("event").at("user") == requester);
    CHECK(text_of(body.at("event").as_object(), "channel").front() == 'D');
    CHECK(body.at("authorizations").at(0).at("team_id") == "T024BE7LD");
    const auto again = retry_of(slack.options(), delivery, 1, "http_timeout", start + 60'000);
    CHECK(again.request.body == delivery.request.body);
    CHECK(again.request.header("x-slack-retry-num") == "1");
    CHECK(again.request.header("x-slack-signature") != delivery.request.header("x-slack-signature"));
}

TEST_CASE("ssl_check comes without signature headers", "[slack][events]")
{
    auto slack = workspace();
    const auto request = slack.ssl_check(start).request;
    CHECK(request.header("x-slack-signature").empty());
    CHECK(request.header("x-slack-request-timestamp").empty());
    CHECK(form_value(*parse_form(request.body), "ssl_check") == "1");
}

TEST_CASE("a snapshot holds what one person sees, and the revision grows with it", "[slack][snapshot]")
{
    auto slack = workspace();
    const auto before = slack.revision();
    post_card(slack);
    slack.say(requester, hidden, "between us", start);
    CHECK(slack.revision() == before + 2);
    const auto of_requester = json::serialize(slack.snapshot(requester));
    const auto of_approver = json::serialize(slack.snapshot(approver));
    CHECK(of_requester.find("between us") != std::string::npos);
    CHECK(of_approver.find("between us") == std::string::npos);
    CHECK(of_approver.find("Reset request") != std::string::npos);
    CHECK(json::serialize(slack.snapshot(guest)).find("Reset request") == std::string::npos);
    const auto unchanged = slack.revision();
    call(slack, "users.info", {{"user", requester}});
    CHECK(slack.revision() == unchanged);
}

TEST_CASE("a choice from a menu carries the option", "[slack][deliveries]")
{
    auto slack = workspace();
    const std::string blocks =
        R"([{"type":"actions","block_id":"b","elements":[{"type":"static_select","action_id":"pick",
        "options":[{"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}]}])";
    const auto ts =
        text_of(call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "x"}, {"blocks", blocks}}), "ts");
    const auto action =
        payload_of(*slack.choose(approver, approvals, ts, "pick", "2", start)).at("actions").at(0).as_object();
    CHECK(action.at("selected_option").at("text").at("text") == "Two");
    CHECK(action.at("block_id") == "b");
    CHECK_THROWS_AS(slack.choose(approver, approvals, ts, "pick", "3", start), CannotAct);
    CHECK_THROWS_AS(slack.click(approver, approvals, ts, "pick", start), CannotAct);
}
