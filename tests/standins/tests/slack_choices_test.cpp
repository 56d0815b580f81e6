#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

namespace {

constexpr const char* plan_block =
    R"({"type":"section","block_id":"plan","text":{"type":"mrkdwn","text":"Plan"},
        "accessory":{"type":"static_select","action_id":"pick","options":[
          {"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}})";

// An input block with this element.
std::string input(const std::string& id, const std::string& element, const std::string& more = {})
{
    return R"({"type":"input","block_id":")" + id + R"(","label":{"type":"plain_text","text":"L"},"optional":true,)" +
        more + R"("element":)" + element + "}";
}

void open(Workspace& slack, const std::string& blocks, bool with_submit = true)
{
    const std::string submit = with_submit ? R"("submit":{"type":"plain_text","text":"Send"},)" : "";
    const auto answer = call(
        slack, "views.open",
        {{"trigger_id", slack.shortcut(requester, "reset", start).trigger_id},
         {"view",
          R"({"type":"modal",)" + submit + R"("title":{"type":"plain_text","text":"T"},"blocks":[)" + blocks + "]}"}});
    INFO(json::serialize(answer));
    REQUIRE(answer.at("ok") == true);
}

void publish(Workspace& slack)
{
    call(
        slack, "views.publish",
        {{"user_id", requester},
         {"view",
          R"({"type":"home","blocks":[)" + std::string{plan_block} +
              R"(,{"type":"actions","block_id":"a","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}]})"}});
}

std::string post(Workspace& slack, const std::string& blocks)
{
    return text_of(
        call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "x"}, {"blocks", '[' + blocks + ']'}}), "ts");
}

const json::value& chosen_plan(const json::object& values)
{
    return values.at("plan").at("pick").at("selected_option");
}

}  // namespace

TEST_CASE("a choice in a modal tells the app at once and stands in the view's state", "[slack][choices]")
{
    auto slack = workspace();
    open(slack, plan_block);
    const auto payload = payload_of(*slack.choose_in_view(requester, Place::modal, "plan", "pick", "2", start));
    CHECK(payload.at("type") == "block_actions");
    CHECK(payload.at("container").at("type") == "view");
    CHECK(payload.at("actions").at(0).at("selected_option").at("value") == "2");
    CHECK(chosen_plan(payload.at("view").at("state").at("values").as_object()).at("value") == "2");
    CHECK(chosen_plan(slack.modals(requester).back().values).at("value") == "2");
}

TEST_CASE("an input block tells the app at once only when it says dispatch_action", "[slack][choices]")
{
    auto slack = workspace();
    const std::string element = R"({"type":"plain_text_input","action_id":"v"})";
    open(slack, input("quiet", element) + ',' + input("loud", element, R"("dispatch_action":true,)"));
    CHECK_FALSE(slack.choose_in_view(requester, Place::modal, "quiet", "v", "a", start));
    const auto payload = payload_of(*slack.choose_in_view(requester, Place::modal, "loud", "v", "b", start));
    CHECK(payload.at("actions").at(0).at("value") == "b");
    const auto& values = payload.at("view").at("state").at("values");
    CHECK(values.at("quiet").at("v").at("value") == "a");
    CHECK(values.at("loud").at("v").at("value") == "b");
}

TEST_CASE("the home is used like a modal, unless a modal lies over it", "[slack][choices]")
{
    auto slack = workspace();
    CHECK_THROWS_AS(slack.click_in_view(requester, Place::home, "go", start), CannotAct);
    publish(slack);
    CHECK(payload_of(slack.click_in_view(requester, Place::home, "go", start)).at("view").at("type") == "home");
    CHECK(slack.choose_in_view(requester, Place::home, "plan", "pick", "1", start));
    CHECK(chosen_plan(slack.home(requester)->values).at("value") == "1");
    CHECK_THROWS_AS(slack.click_in_view(requester, Place::modal, "go", start), CannotAct);
    open(slack, plan_block);
    CHECK_THROWS_AS(slack.click_in_view(requester, Place::home, "go", start), CannotAct);
    CHECK_THROWS_AS(slack.choose_in_view(requester, Place::home, "plan", "pick", "1", start), CannotAct);
}

TEST_CASE("what an element does not offer cannot be chosen", "[slack][choices]")
{
    struct Case
    {
        const char* element;
        json::value good;
        json::value bad;
    };
    const auto each = GENERATE(
        Case{R"({"type":"datepicker","action_id":"v"})", "2026-11-22", "22.11.2026"},
        Case{R"({"type":"timepicker","action_id":"v"})", "14:05", "2 pm"},
        Case{R"({"type":"datetimepicker","action_id":"v"})", 1'763'800'000, "now"},
        Case{R"({"type":"users_select","action_id":"v"})", requester, "U0NOBODY"},
        Case{R"({"type":"multi_channels_select","action_id":"v"})", json::array{helpdesk}, json::array{"C0NONE"}},
        Case{R"({"type":"conversations_select","action_id":"v"})", helpdesk, 7},
        Case{
            R"({"type":"multi_users_select","action_id":"v","max_selected_items":1})", json::array{requester},
            json::array{requester, approver}},
        Case{
            R"({"type":"checkboxes","action_id":"v","options":[{"text":{"type":"plain_text","text":"A"},"value":"a"}]})",
            json::array{"a"}, "a"},
        Case{R"({"type":"plain_text_input","action_id":"v"})", "text", json::array{"text"}});
    CAPTURE(each.element);
    auto slack = workspace();
    open(slack, input("b", each.element));
    CHECK_THROWS_AS(slack.choose_in_view(requester, Place::modal, "b", "v", each.bad, start), CannotAct);
    CHECK_NOTHROW(slack.choose_in_view(requester, Place::modal, "b", "v", each.good, start));
    CHECK_THROWS_AS(slack.choose_in_view(requester, Place::modal, "b", "other", each.good, start), CannotAct);
    CHECK_THROWS_AS(slack.choose_in_view(requester, Place::modal, "other", "v", each.good, start), CannotAct);
}

TEST_CASE("Slack's client holds back an address, a link and a number that are none", "[slack][choices]")
{
    struct Case
    {
        const char* element;
        const char* good;
        const char* bad;
    };
    const auto each = GENERATE(
        Case{R"({"type":"email_text_input","action_id":"v"})", "ada@example.com", "ada at example.com"},
        Case{R"({"type":"url_text_input","action_id":"v"})", "https://example.com", "example"},
        Case{R"({"type":"number_input","action_id":"v","is_decimal_allowed":false})", "12", "1.5"},
        Case{R"({"type":"number_input","action_id":"v","is_decimal_allowed":true})", "1.5", "many"},
        Case{R"({"type":"number_input","action_id":"v","is_decimal_allowed":false,"max_value":"9"})", "9", "10"});
    CAPTURE(each.element);
    auto slack = workspace();
    open(slack, input("b", each.element));
    CHECK_THROWS_WITH(slack.submit_view(requester, {{"b", each.bad}}, start), Catch::Matchers::StartsWith("L: "));
    CHECK_NOTHROW(slack.submit_view(requester, {{"b", each.good}}, start));
}

TEST_CASE("a modal without a submit button cannot be submitted", "[slack][choices]")
{
    auto slack = workspace();
    open(slack, plan_block, false);
    CHECK_THROWS_AS(slack.submit_view(requester, {}, start), CannotAct);
}

TEST_CASE("what one person chose in a message goes along with their next press, and nobody else's", "[slack][choices]")
{
    auto slack = workspace();
    const auto ts = post(
        slack,
        std::string{plan_block} +
            R"(,{"type":"actions","block_id":"a","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]})");
    slack.choose(requester, approvals, ts, "pick", "2", start);
    const auto values_of = [&](const char* user) {
        return payload_of(slack.click(user, approvals, ts, "go", start)).at("state").at("values").as_object();
    };
    CHECK(chosen_plan(values_of(requester)).at("value") == "2");
    CHECK(chosen_plan(values_of(approver)).is_null());
}

TEST_CASE("an input block in a message is filled in silently", "[slack][choices]")
{
    auto slack = workspace();
    const auto ts = post(slack, input("b", R"({"type":"plain_text_input","action_id":"v"})"));
    CHECK_FALSE(slack.choose(requester, approvals, ts, "v", "typed", start));
    CHECK(json::serialize(slack.snapshot(requester)).find("typed") != std::string::npos);
    CHECK(json::serialize(slack.snapshot(approver)).find("typed") == std::string::npos);
}

TEST_CASE("a command or a shortcut that the app does not have is refused by Slack itself", "[slack][choices]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    CHECK_THROWS_AS(slack.command(requester, helpdesk, "/reset", "", start), CannotAct);
    CHECK_THROWS_AS(slack.command(requester, helpdesk, "reset-password", "", start), CannotAct);
    CHECK_THROWS_AS(slack.shortcut(requester, "ask", start), CannotAct);
    CHECK_THROWS_AS(slack.message_shortcut(requester, approvals, ts, "reset", start), CannotAct);
    CHECK_NOTHROW(slack.shortcut(requester, "reset", start));
    CHECK_NOTHROW(slack.message_shortcut(requester, approvals, ts, "ask", start));
}

TEST_CASE("an app without a Home tab, or whose Messages tab is read-only, is not written to", "[slack][choices]")
{
    auto with = options();
    with.home_tab_enabled = false;
    with.messages_tab_read_only = true;
    auto slack = workspace(with);
    CHECK_THROWS_AS(slack.open_home(requester, start), CannotAct);
    const auto conversation = slack.open_conversation(requester);
    CHECK_THROWS_AS(slack.say(requester, conversation, "hello", start), CannotAct);
    CHECK_THROWS_AS(slack.command(requester, conversation, "/reset-password", "", start), CannotAct);
    CHECK_NOTHROW(slack.say(requester, helpdesk, "hello", start));
}

TEST_CASE("an archived channel takes no words", "[slack][choices]")
{
    auto slack = workspace();
    CHECK_THROWS_AS(slack.say(requester, archive, "hello", start), CannotAct);
}
