#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

// What Slack tells by itself.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::slack::DeliveryKind;

namespace {

int calls_of(const World& world, const std::string& method)
{
    const auto& log = world.network.log();
    return static_cast<int>(std::count(log.begin(), log.end(), "POST /api/" + method));
}

standins::slack::Delivery event_of(World& world, json::object event, const std::string& id)
{
    const json::object authorization{{"team_id", "T024BE7LD"}, {"is_enterprise_install", false}};
    const json::object body{{"type", "event_callback"},    {"team_id", "T024BE7LD"},
                            {"api_app_id", "A019UV9PCQN"}, {"event_id", id},
                            {"event", std::move(event)},   {"authorizations", json::array{authorization}}};
    return world.slack.raw(
        DeliveryKind::event, "/slack/events", "application/json", json::serialize(body), to_unix_ms(world.time.now()));
}

}  // namespace

TEST_CASE("who leaves a group loses its role within seconds of Slack's saying so", "[scenario][events]")
{
    World world{1700};
    REQUIRE(world.ask_and_wait());
    world.run_for(10s);
    std::erase(world.slack.group("S0LEADS").users, cast::lead);
    const int before = calls_of(world, "usergroups.list");
    for (int i = 0; i < 10; ++i)
    {
        json::object event{{"type", "subteam_members_changed"}, {"subteam_id", "S0LEADS"}};
        const auto told = event_of(world, std::move(event), "Ev" + std::to_string(i));
        CHECK(world.deliver(told).status == 200);
        CHECK(world.deliver(told).status == 200);  // sent again
    }
    world.run_for(5s);
    CHECK(calls_of(world, "usergroups.list") <= before + 2);
    world.approve(cast::lead);
    world.run_for(5s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "Only the approvers user group decides"));
}

TEST_CASE("who is deactivated acts no more, within seconds of Slack's saying so", "[scenario][events]")
{
    World world{1701};
    world.run_for(10s);
    world.slack.user(cast::agent).standing = standins::slack::Standing::deactivated;
    json::object event{{"type", "user_change"}, {"user", json::object{{"id", cast::agent}, {"deleted", true}}}};
    CHECK(world.deliver(event_of(world, std::move(event), "Ev1")).status == 200);
    world.run_for(5s);
    // Slack's client would not let them; the payload may be on its way already.
    world.slack.user(cast::agent).standing = standins::slack::Standing::member;
    const auto answer = world.ask(cast::agent, World::customer_email);
    CHECK(has(answer.body, "Your Slack account is deactivated"));
    CHECK(world.requests().empty());
}

TEST_CASE("a Home that is opened once is drawn once, however often Slack tells of it", "[scenario][events]")
{
    World world{1702};
    const auto opened = world.slack.open_home(cast::agent, to_unix_ms(world.time.now()));
    CHECK(world.deliver(opened).status == 200);
    world.run_for(10s);
    const int published = calls_of(world, "views.publish");
    CHECK(published == 1);
    CHECK(world.deliver(opened).status == 200);
    world.run_for(61s);
    auto again = opened;
    again.request.headers.emplace_back("x-slack-retry-num", "1");
    CHECK(world.deliver(again).status == 200);
    world.run_for(10s);
    CHECK(calls_of(world, "views.publish") == published);
}

TEST_CASE("signed events of an unknown kind are acknowledged", "[scenario][events]")
{
    World world{1703};
    for (const std::string& body : std::vector<std::string>{
             R"({"type":"app_rate_limited","team_id":"T024BE7LD","minute_rate_limited":1518467820})",
             R"({"type":"something_new"})"})
    {
        INFO(body);
        const auto now = to_unix_ms(world.time.now());
        CHECK(
            world.deliver(world.slack.raw(DeliveryKind::event, "/slack/events", "application/json", body, now))
                .status == 200);
        CHECK(
            world
                .deliver(world.slack.raw(
                    DeliveryKind::event, "/slack/events", "application/json", body, now,
                    standins::slack::Forgery::wrong_secret))
                .status == 401);
    }
    const auto broken =
        world.slack.raw(DeliveryKind::event, "/slack/events", "application/json", "{}", to_unix_ms(world.time.now()));
    CHECK(world.deliver(broken).status == 400);
}

TEST_CASE("a bot that was removed is not ready, and one whose other token was revoked is again", "[scenario][events]")
{
    World world{1704};
    const bool is_removed = GENERATE(true, false);
    if (is_removed) world.slack.refuse_token("account_inactive");
    json::object event{{"type", is_removed ? "app_uninstalled" : "tokens_revoked"}};
    CHECK(world.deliver(event_of(world, std::move(event), "Ev1")).status == 200);
    world.run_for(5s);
    const auto ready = world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}});
    REQUIRE(ready);
    CHECK(ready->status == (is_removed ? 503 : 200));
    CHECK(has(ready->body, is_removed ? "slack_access_lost" : "ok"));
}

TEST_CASE(
    "a channel that was shared is no place to decide in within seconds of Slack's saying so", "[scenario][events]")
{
    World world{1705};
    REQUIRE(world.ask_and_wait());
    world.run_for(10s);
    world.slack.channel(cast::approvals).is_ext_shared = true;
    const auto ready = [&world] { return world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}})->body; };
    json::object other{{"type", "channel_shared"}, {"connected_team_id", "T0OTHERTEAM"}, {"channel", cast::desk}};
    CHECK(world.deliver(event_of(world, std::move(other), "Ev1")).status == 200);
    const int before = calls_of(world, "conversations.info");
    world.run_for(5s);
    CHECK(calls_of(world, "conversations.info") == before);
    json::object event{{"type", "channel_shared"}, {"connected_team_id", "T0OTHERTEAM"}, {"channel", cast::approvals}};
    CHECK(world.deliver(event_of(world, std::move(event), "Ev2")).status == 200);
    world.run_for(5s);
    CHECK(has(ready(), "approvals_channel_shared"));
}
