#include "tests/demo/tests/page_fixture.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

using namespace demo;
using namespace demo::page::test;

namespace {

// A card of the app in a channel, as its ts.
std::string post_card(Company& company, const std::string& channel)
{
    const json::object body{
        {"channel", channel},
        {"text", "card"},
        {"blocks",
         json::parse(
             R"([{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}])")}};
    const Request request{
        "POST",
        "/api/chat.postMessage",
        {{"authorization", "Bearer " + company.slack.options().bot_token},
         {"content-type", "application/json; charset=utf-8"}},
        json::serialize(body)};
    const auto answer = json::parse(company.slack.handle(request, Company::now()).body);
    return answer.at("ts").as_string().c_str();
}

}  // namespace

TEST_CASE("an act that is malformed is refused with a sentence, and nothing happens", "[page]")
{
    Desk desk;
    const auto before = desk.company.slack.revision();
    const auto body = GENERATE(
        "", "{", "[]", "7", R"({})", R"({"as":"U0SUPPORT1"})", R"({"as":"U0SUPPORT1","do":"fly"})",
        R"({"as":7,"do":"open_dm"})", R"({"as":"U0SUPPORT1","do":"say","channel":"C0HELPDESK"})",
        R"({"as":"U0SUPPORT1","do":"say","channel":"C0HELPDESK","text":["x"]})",
        R"({"as":"U0SUPPORT1","do":"close","whole_stack":"yes"})", R"({"as":"U0SUPPORT1","do":"submit","entries":[]})",
        R"({"as":"U0SUPPORT1","do":"view_press","action_id":"x","where":"elsewhere"})",
        R"({"as":"U0SUPPORT1","do":"choose","channel":"C0HELPDESK","ts":"1.2","action_id":"x"})");
    CAPTURE(body);
    const auto response = desk.ask(desk.post("/page/api/act", body));
    CHECK(response.status == 400);
    CHECK(Desk::body_of(response).at("ok") == false);
    CHECK_FALSE(Desk::body_of(response).at("error").as_string().empty());
    CHECK(desk.company.slack.revision() == before);
}

TEST_CASE("what Slack's client would not let a person do is refused", "[page]")
{
    Desk desk;
    const auto ts = post_card(desk.company, channels::approvals);
    const json::object press{{"do", "press"}, {"channel", channels::approvals}, {"ts", ts}, {"action_id", "go"}};
    const auto as = [&](const std::string& user, json::object what) {
        what["as"] = user;
        return desk.tell("act", what).status;
    };
    CHECK(as(people::outsider, press) == 409);
    CHECK(as(people::colleague, press) == 409);
    CHECK(as("U0NOBODY00", press) == 409);
    const auto command = [](const std::string& channel, const char* name) {
        return json::object{{"do", "command"}, {"channel", channel}, {"command", name}, {"text", ""}};
    };
    CHECK(as(people::outsider, command(channels::shared, "/reset-password")) == 409);
    CHECK(as(people::agent, command(channels::helpdesk, "/unknown")) == 409);
    CHECK(as(people::colleague, command(channels::approvals, "/reset-password")) == 409);
    CHECK(as(people::agent, {{"do", "shortcut"}, {"callback_id", "none"}}) == 409);
    CHECK(desk.company.answers().empty());
}

TEST_CASE("a guest who sees the approvals channel can press there: the bot decides what that means", "[page]")
{
    Desk desk;
    const auto ts = post_card(desk.company, channels::approvals);
    const auto response = desk.tell(
        "act",
        {{"as", people::guest}, {"do", "press"}, {"channel", channels::approvals}, {"ts", ts}, {"action_id", "go"}});
    CHECK(response.status == 200);
    CHECK(desk.company.answers().size() == 1);
}

TEST_CASE("a bot that cannot be reached is status 0, and Slack tells the person", "[page]")
{
    Desk desk;
    const auto response = desk.tell(
        "act",
        {{"as", people::agent},
         {"do", "command"},
         {"channel", channels::helpdesk},
         {"command", "/reset-password"},
         {"text", "ada.lovelace@example.com"}});
    CHECK(response.status == 200);
    CHECK(Desk::body_of(response).at("status") == 0);
    const auto notices = desk.look("person?id=" + people::agent).at("notices").as_array();
    REQUIRE(notices.size() == 1);
    CHECK(std::string{notices.at(0).at("text").as_string().c_str()}.find("/reset-password failed") == 0);
}

TEST_CASE("a person sees their own workspace: an outsider the shared channel alone", "[page]")
{
    Desk desk;
    const auto channels_of = [&](const std::string& user) {
        std::vector<std::string> names;
        const auto person = desk.look("person?id=" + user);
        for (const auto& channel : person.at("channels").as_array())
            names.emplace_back(channel.at("name").as_string().c_str());
        return names;
    };
    using Names = std::vector<std::string>;
    CHECK(channels_of(people::outsider) == Names{"shared-with-partner"});
    CHECK(channels_of(people::guest) == Names{"password-approvals", "helpdesk"});
    CHECK(channels_of(people::colleague) == Names{"helpdesk", "shared-with-partner"});
    CHECK(desk.ask(desk.get("/page/api/person?id=U0NOBODY00")).status == 404);
    CHECK(desk.ask(desk.get("/page/api/person")).status == 404);
}

TEST_CASE("the conversation with the app opens, and takes no words", "[page]")
{
    Desk desk;
    CHECK(desk.tell("act", {{"as", people::agent}, {"do", "open_dm"}}).status == 200);
    const auto person = desk.look("person?id=" + people::agent);
    const auto& channel = person.at("channels").as_array().back();
    CHECK(channel.at("kind") == "im");
    CHECK(channel.at("with").as_string() == desk.company.slack.options().bot_user_id);
    const auto said =
        desk.tell("act", {{"as", people::agent}, {"do", "say"}, {"channel", channel.at("id")}, {"text", "hello"}});
    CHECK(said.status == 409);
}
