#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

namespace {

constexpr TimeMs minute = 60'000;

Response post(Workspace& slack, const std::string& url, const json::object& body, TimeMs now = start)
{
    const auto path = url.substr(slack.options().api_base_url.size());
    return slack.handle({"POST", path, {{"content-type", "application/json"}}, json::serialize(body)}, now);
}

Delivery ask(Workspace& slack) { return slack.command(requester, lobby, "/reset-password", "ada@example.com", start); }

}  // namespace

TEST_CASE("a response_url takes five posts and refuses the sixth", "[slack][response_url]")
{
    auto slack = workspace();
    const auto url = ask(slack).response_url;
    for (int i = 0; i < 5; ++i) CHECK(post(slack, url, {{"text", "x"}}, start + i * 1'000).body == "ok");
    const auto refused = post(slack, url, {{"text", "x"}}, start + 6'000);
    CHECK(refused.status == 404);
    CHECK(body_of(refused).at("ok") == false);
    CHECK(slack.visible_to(requester, lobby).size() == 5);
}

TEST_CASE("a response_url lives thirty minutes", "[slack][response_url]")
{
    auto slack = workspace();
    const auto url = ask(slack).response_url;
    CHECK(post(slack, url, {{"text", "x"}}, start + 30 * minute).status == 200);
    const auto refused = post(slack, url, {{"text", "x"}}, start + 30 * minute + 1);
    CHECK(refused.status == 404);
    CHECK(error_of(body_of(refused)) == "Expired url");
}

TEST_CASE("an expired response_url may also refuse with status 200", "[slack][response_url]")
{
    auto with = options();
    with.spent_style = SpentStyle::ok_false;
    with.response_url_answers_json = true;
    auto slack = workspace(with);
    const auto url = ask(slack).response_url;
    CHECK(post(slack, url, {{"text", "x"}}).body == R"({"ok":true})");
    const auto refused = post(slack, url, {{"text", "x"}}, start + 31 * minute);
    CHECK(refused.status == 200);
    CHECK(refused.body == R"({"ok":false,"error":"Expired url"})");
}

TEST_CASE("a response_url takes JSON objects only, and a refused post is no use of it", "[slack][response_url]")
{
    auto slack = workspace();
    const auto url = ask(slack).response_url;
    const auto path = url.substr(slack.options().api_base_url.size());
    TimeMs now = start;
    const auto raw = [&](const char* type, const char* body) {
        now += 1'000;
        return slack.handle({"POST", path, {{"content-type", type}}, body}, now).status;
    };
    CHECK(raw("application/x-www-form-urlencoded", "text=x") == 400);
    CHECK(raw("text/plain", R"({"text":"x"})") == 400);
    CHECK(raw("application/json", "[]") == 400);
    CHECK(raw("application/json", "{") == 400);
    CHECK(raw("application/json", "{}") == 400);
    CHECK(raw("application/json", R"({"text":"x","blocks":[{"type":"nonsense"}]})") == 400);
    CHECK(raw("application/json", R"({"text":"x","response_type":"loud"})") == 400);
    CHECK(slack.handle({"GET", path, {}, ""}, start).status == 404);
    CHECK(slack.visible_to(requester, lobby).empty());
    CHECK(raw("application/json; charset=utf-8", R"({"text":"x"})") == 200);
}

TEST_CASE("an unknown response_url is refused", "[slack][response_url]")
{
    auto slack = workspace();
    CHECK(
        post(slack, slack.options().api_base_url + "/response/commands/T024BE7LD/1/abc", {{"text", "x"}}).status ==
        404);
}

TEST_CASE("an answer is private unless it asks for the channel", "[slack][response_url]")
{
    auto slack = workspace();
    slack.channel(lobby).members.emplace_back(approver);
    const auto url = ask(slack).response_url;
    post(slack, url, {{"text", "private"}});
    CHECK(slack.visible_to(requester, lobby).size() == 1);
    CHECK(slack.visible_to(approver, lobby).empty());
    post(slack, url, {{"text", "public"}, {"response_type", "in_channel"}});
    CHECK(slack.visible_to(approver, lobby).size() == 1);
    CHECK(slack.messages(lobby)[0].text == "public");
}

TEST_CASE("replace_original replaces a command's first answer, by flag or by word", "[slack][response_url]")
{
    auto slack = workspace();
    const auto delivery = ask(slack);
    slack.answered(delivery, ok(R"({"text":"Looking up"})"), start + 100);
    const auto seen = [&] { return slack.visible_to(requester, lobby); };
    REQUIRE(seen().size() == 1);
    CHECK(seen()[0].text == "Looking up");
    post(slack, delivery.response_url, {{"text", "Found"}, {"replace_original", true}});
    REQUIRE(seen().size() == 1);
    CHECK(seen()[0].text == "Found");
    post(slack, delivery.response_url, {{"text", "Again"}, {"replace_original", "true"}});
    REQUIRE(seen().size() == 1);
    CHECK(seen()[0].text == "Again");
    post(slack, delivery.response_url, {{"text", "Another"}, {"replace_original", false}});
    CHECK(seen().size() == 2);
}

TEST_CASE("a click's response_url replaces the message or deletes it", "[slack][response_url]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    const auto url = slack.click(approver, approvals, ts, "reset.approve", start).response_url;
    post(slack, url, {{"text", "a note"}});
    CHECK(slack.visible_to(approver, approvals).size() == 2);
    CHECK(slack.visible_to(requester, approvals).size() == 1);
    post(slack, url, {{"text", "Done"}, {"replace_original", true}});
    CHECK(slack.messages(approvals)[0].text == "Done");
    CHECK(slack.messages(approvals)[0].blocks.empty());
    post(slack, url, {{"delete_original", "true"}}, start + 1'000);
    CHECK(slack.messages(approvals).empty());
}

TEST_CASE("delete_original with a new message deletes and posts", "[slack][response_url]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    const auto url = slack.click(approver, approvals, ts, "reset.approve", start).response_url;
    post(slack, url, {{"delete_original", true}, {"text", "new"}, {"response_type", "in_channel"}});
    REQUIRE(slack.messages(approvals).size() == 1);
    CHECK(slack.messages(approvals)[0].text == "new");
}

TEST_CASE("an ephemeral message is replaced through its button's response_url", "[slack][response_url]")
{
    auto slack = workspace();
    const auto ts = text_of(
        call(
            slack, "chat.postEphemeral",
            {{"channel", approvals}, {"user", requester}, {"text", "x"}, {"blocks", button_blocks}}),
        "message_ts");
    const auto delivery = slack.click(requester, approvals, ts, "reset.deny", start);
    const auto payload = payload_of(delivery);
    CHECK(payload.at("container").at("is_ephemeral") == true);
    CHECK_FALSE(payload.contains("message"));
    post(slack, delivery.response_url, {{"text", "gone"}, {"replace_original", true}});
    REQUIRE(slack.visible_to(requester, approvals).size() == 1);
    CHECK(slack.visible_to(requester, approvals)[0].text == "gone");
    CHECK(slack.visible_to(approver, approvals).empty());
}

TEST_CASE("posting too fast to a response_url is 429 and no use of it", "[slack][response_url]")
{
    auto slack = workspace();
    const auto url = ask(slack).response_url;
    for (int i = 0; i < 3; ++i) CHECK(post(slack, url, {{"text", "x"}}).status == 200);
    CHECK(post(slack, url, {{"text", "x"}}).status == 429);
    CHECK(post(slack, url, {{"text", "x"}}, start + 2'000).status == 200);
    CHECK(post(slack, url, {{"text", "x"}}, start + 4'000).status == 200);
    CHECK(post(slack, url, {{"text", "x"}}, start + 6'000).status == 404);
}
