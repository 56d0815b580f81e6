#include "bot/slack/web_api.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

// What Slack says of groups, and whose ids theirs are.
using namespace countersign;
using namespace countersign::slack;

namespace {

const SlackUserId user{"U061F7AUR"};
const std::set<SlackTeamId> team{SlackTeamId{"T024BE7LD"}};

struct Desk
{
    boost::asio::io_context context{1};
    test::ScriptedHttpClient client;
    test::ManualClock clock{TimePoint{std::chrono::seconds{1763800000}}};
    WebApi api{client, *http::parse_origin("https://slack.com/api/"), Secret{"xoxb-1"}, clock};

    template <class T>
    T run(boost::asio::awaitable<T> work)
    {
        return test::run(context, std::move(work));
    }
};

std::string user_info(const std::string& fields) { return R"({"ok":true,"user":{"id":"U061F7AUR",)" + fields + "}}"; }

}  // namespace

TEST_CASE("all groups and their members come with one call", "[slack]")
{
    Desk desk;
    desk.client.answer(
        200,
        R"({"ok":true,"usergroups":[{"id":"S1","users":["U1","W2"],"is_external":false,"name":"x"},)"
        R"({"id":"S2","users":[],"is_external":true},{"id":"S3"}]})");
    const auto lists = desk.run(desk.api.group_lists());
    REQUIRE(lists.has_value());
    CHECK(desk.client.sent.front().url == "https://slack.com:443/api/usergroups.list");
    CHECK(desk.client.sent.front().body == "include_users=true");
    REQUIRE(lists->size() == 3);
    CHECK(lists->at(SlackGroupId{"S1"}).members == std::vector{SlackUserId{"U1"}, SlackUserId{"W2"}});
    CHECK_FALSE(lists->at(SlackGroupId{"S1"}).is_external);
    CHECK(lists->at(SlackGroupId{"S2"}).is_external);
    CHECK_FALSE(lists->at(SlackGroupId{"S3"}).members);
}

TEST_CASE("groups that come in pages are read to the last one, but not for ever", "[slack]")
{
    Desk desk;
    const auto page = [](const std::string& id, const std::string& cursor) {
        return R"({"ok":true,"usergroups":[{"id":")" + id +
            R"(","users":["U1"]}],"response_metadata":{"next_cursor":")" + cursor + "\"}}";
    };
    desk.client.answer(200, page("S1", "two"));
    desk.client.answer(200, page("S2", ""));
    const auto lists = desk.run(desk.api.group_lists());
    REQUIRE(lists.has_value());
    CHECK(lists->size() == 2);
    CHECK(desk.client.sent.at(1).body == "include_users=true&cursor=two");

    Desk endless;
    for (int i = 0; i < 11; ++i) endless.client.answer(200, page("S1", "on"));
    const auto none = endless.run(endless.api.group_lists());
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().reason == "response_too_large");
    CHECK(endless.client.sent.size() == 10);
}

TEST_CASE("an answer about groups that is not to be understood says nothing of any of them", "[slack]")
{
    const std::string answer = GENERATE(
        as<std::string>{}, R"({"ok":true})", R"({"ok":true,"usergroups":{}})", R"({"ok":true,"usergroups":[{}]})",
        R"({"ok":true,"usergroups":[{"id":"S1","users":"U1"}]})",
        R"({"ok":true,"usergroups":[{"id":"S1","users":["u1"]}]})",
        R"({"ok":true,"usergroups":[{"id":"S1","users":[],"is_external":"perhaps"}]})",
        R"({"ok":true,"usergroups":[],"response_metadata":{"next_cursor":7}})");
    Desk desk;
    desk.client.answer(200, answer);
    const auto lists = desk.run(desk.api.group_lists());
    REQUIRE_FALSE(lists.has_value());
    CHECK(lists.error().code == Errc::unavailable);
}

TEST_CASE("twenty groups of five thousand people are no answer too large", "[slack]")
{
    std::string groups;
    for (int group = 0; group < 20; ++group)
    {
        std::string users;
        for (int i = 0; i < 5'000; ++i) users += (i == 0 ? "\"U0" : ",\"U0") + std::to_string(100'000'000 + i) + "\"";
        groups += (group == 0 ? "" : ",") + std::string{R"({"id":"S)"} + std::to_string(group) + R"(","users":[)" +
            users + "]}";
    }
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"usergroups":[)" + groups + "]}");
    const auto lists = desk.run(desk.api.group_lists());
    REQUIRE(lists.has_value());
    CHECK(lists->at(SlackGroupId{"S19"}).members->size() == 5'000);
}

TEST_CASE("a person is known by the id in the organization, whichever id was asked about", "[slack]")
{
    Desk desk;
    const std::string dual = R"("team_id":"T024BE7LD","enterprise_user":{"id":"W1","teams":["T024BE7LD"]})";
    desk.client.answer(200, user_info(dual));
    CHECK(desk.run(desk.api.user_info(user, team))->identity == SlackUserId{"W1"});
    desk.client.answer(200, user_info(dual));
    CHECK(desk.run(desk.api.user_info(SlackUserId{"W1"}, team))->identity == SlackUserId{"W1"});
    desk.client.answer(200, user_info(dual));
    CHECK_FALSE(desk.run(desk.api.user_info(SlackUserId{"U2"}, team)).has_value());
    // Outside an organization, and of another one's person, nothing is said.
    desk.client.answer(200, user_info(R"("team_id":"T024BE7LD")"));
    CHECK_FALSE(desk.run(desk.api.user_info(user, team))->identity);
    desk.client.answer(200, user_info(R"("team_id":"T9","enterprise_user":{"id":"W1","teams":["T9"]})"));
    CHECK_FALSE(desk.run(desk.api.user_info(user, team))->identity);
}
