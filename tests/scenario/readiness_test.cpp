#include "tests/scenario/planted.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

// What /healthz and /readyz say, and how the bot comes to know the people it works for.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;

namespace {

constexpr const char* ready = R"({"ok":true})";

std::string not_ready(const std::string& word) { return R"({"error":")" + word + "\"}"; }

// The body of a good answer, or of a 503; anything else is named by its status.
std::string says(World& world, const std::string& path, const std::string& method = "GET")
{
    const auto response = world.knock({method, path, {{"host", "bot.test"}}, {}});
    if (!response) return "no answer";
    const bool fits = response->status == (response->body == ready ? 200 : 503);
    return fits ? response->body : std::to_string(response->status);
}

std::string readyz(World& world) { return says(world, "/readyz"); }

// That left the bot, whatever became of them.
int calls_of(const World& world, const std::string& method)
{
    const auto& log = world.network.log();
    return static_cast<int>(std::count(log.begin(), log.end(), "POST /api/" + method));
}

// Dies, and lives again in a Slack where this call fails.
void live_without(World& world, const std::string& method, int times = 100'000)
{
    world.crash();
    world.slack.faults().add(method, PlannedFault{Fault::error_before, 0, 1}, times);
    world.start();
}

}  // namespace

TEST_CASE("a bot that has all it needs is alive and ready, asked either way", "[scenario][ready]")
{
    World world{880};
    for (const char* path : {"/healthz", "/readyz", "/readyz?from=probe"})
        for (const char* method : {"GET", "HEAD"}) CHECK(says(world, path, method) == ready);
}

TEST_CASE("without a store the bot is alive, but not ready", "[scenario][ready]")
{
    World world{881};
    world.break_store(true);
    CHECK(readyz(world) == not_ready("store_not_writable"));
    CHECK(says(world, "/healthz") == ready);
    world.break_store(false);
    CHECK(readyz(world) == ready);
}

TEST_CASE("a bot whose jobs have stood still for ten seconds is not ready until they move", "[scenario][ready]")
{
    World world{882};
    world.break_store(true);
    world.run_for(9s);
    world.break_store(false);
    CHECK(readyz(world) == ready);
    world.run_for(1s);
    world.break_store(true);
    world.run_for(11s);
    world.break_store(false);
    CHECK(readyz(world) == not_ready("jobs_not_moving"));
    world.run_for(1s);
    CHECK(readyz(world) == ready);
}

TEST_CASE(
    "a bot that does not know who holds which role is not ready, and asks every five seconds", "[scenario][ready]")
{
    World world{883};
    live_without(world, "usergroups.list");
    CHECK(readyz(world) == not_ready("directory_not_loaded"));
    CHECK(says(world, "/healthz") == ready);
    const int before = calls_of(world, "usergroups.list");
    world.run_for(60s);
    CHECK(calls_of(world, "usergroups.list") == before + 12);
    world.slack.faults().clear();
    world.run_for(6s);
    CHECK(readyz(world) == ready);
}

TEST_CASE(
    "a bot that cannot ask for rights any more says so within a minute and a half, and is ready soon after",
    "[scenario][ready]")
{
    const auto [method, word] = GENERATE(table<std::string, std::string>(
        {{"usergroups.list", "rights_not_asked"},
         {"users.info", "rights_not_asked"},
         {"conversations.info", "approvals_channel_not_asked"}}));
    INFO(method);
    World world{891};
    world.run_for(10min);  // after which people are asked for anew
    CHECK(readyz(world) == ready);
    world.slack.faults().add(method, PlannedFault{Fault::error_before, 0, 1}, 100'000);
    const TimePoint lost_at = world.time.now();
    world.run_for(30s);
    CHECK(readyz(world) == ready);
    const std::string missing = not_ready(word);
    CHECK(world.run_until([&] { return readyz(world) == missing; }, 13min));
    // Groups and the channel are asked for every minute, people every ten.
    if (method != "users.info") CHECK(world.time.now() - lost_at < 2min);
    CHECK(says(world, "/healthz") == ready);
    world.slack.faults().clear();
    world.run_for(61s);
    CHECK(readyz(world) == ready);
}

TEST_CASE("a token that Slack refuses makes the bot not ready at once, until Slack takes it again", "[scenario][ready]")
{
    const auto error = GENERATE(as<std::string>{}, "token_revoked", "invalid_auth", "account_inactive");
    World world{892};
    world.run_for(10s);
    world.slack.refuse_token(error);
    CHECK(readyz(world) == ready);  // nobody knows yet
    world.ask(cast::agent, World::customer_email);
    world.run_for(5s);
    CHECK(readyz(world) == not_ready("slack_refuses_token"));
    CHECK(says(world, "/healthz") == ready);
    world.run_for(15min);
    CHECK(readyz(world) == not_ready("slack_refuses_token"));
    world.slack.refuse_token("");
    CHECK(world.run_until([&] { return readyz(world) == ready; }, 15min));
}

TEST_CASE("without Auth0 the bot is ready and degraded, while something is asked of it", "[scenario][ready]")
{
    const std::string degraded = R"({"ok":true,"degraded":["auth0_not_answering"]})";
    World world{893};
    world.auth0.faults().add("*", PlannedFault{Fault::error_before, 0, 1}, 100'000);
    world.run_for(5min);
    CHECK(readyz(world) == ready);  // nothing was asked
    world.ask(cast::agent, World::customer_email);
    world.run_for(20s);
    CHECK(readyz(world) == ready);
    world.run_for(1min);
    const auto response = world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}});
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->body == degraded);
    CHECK(says(world, "/healthz") == ready);
    world.auth0.faults().clear();
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 5min));
    CHECK(readyz(world) == ready);
}

TEST_CASE("all groups are read in one call a minute, and nobody else is asked who the bot is", "[scenario][ready]")
{
    World world{884};
    world.run_for(30s);
    const int read = calls_of(world, "usergroups.list"), introduced = calls_of(world, "auth.test");
    CHECK(introduced == 1);
    world.run_for(10min);
    CHECK(calls_of(world, "usergroups.list") == read + 10);
    CHECK(calls_of(world, "auth.test") == introduced);
}

TEST_CASE("a bot that could not learn who it is asks again until it can", "[scenario][ready]")
{
    World world{885};
    const int before = calls_of(world, "auth.test");
    live_without(world, "auth.test", 3);
    world.run_for(10min);
    CHECK(calls_of(world, "auth.test") == before + 4);
    CHECK(readyz(world) == ready);
}

TEST_CASE("one look-up that fails at the start costs seconds", "[scenario][ready]")
{
    const auto method = GENERATE(as<std::string>{}, "auth.test", "usergroups.list", "conversations.info");
    INFO(method);
    World world{889};
    world.crash();
    world.slack.faults().add(method, PlannedFault{Fault::error_before, 0, 1}, 1);
    const TimePoint begin = world.time.now();
    world.start();
    CHECK(readyz(world) == ready);
    CHECK(world.time.now() - begin < 3s);
}

TEST_CASE("a bot that was never told who it is says so", "[scenario][ready]")
{
    World world{890};
    live_without(world, "auth.test");
    CHECK(readyz(world) == not_ready("slack_not_answering"));
    world.slack.faults().clear();
    world.run_for(6s);
    CHECK(readyz(world) == ready);
}

TEST_CASE("a bot that cannot see its approvals channel is not ready", "[scenario][ready]")
{
    World world{886};
    live_without(world, "conversations.info");
    CHECK(readyz(world) == not_ready("approvals_channel_unknown"));
    world.slack.faults().clear();
    world.run_for(6s);
    CHECK(readyz(world) == ready);
}

TEST_CASE(
    "an approvals channel that is shared or archived makes the bot not ready until it is mended", "[scenario][ready]")
{
    World world{887};
    auto& channel = world.slack.channel(cast::approvals);
    bool& wrong = GENERATE(true, false) ? channel.is_archived : channel.is_ext_shared;
    const std::string word = &wrong == &channel.is_archived ? "archived" : "shared";
    wrong = true;
    world.run_for(61s);  // looked at every minute
    CHECK(readyz(world) == not_ready("approvals_channel_" + word));
    wrong = false;
    world.run_for(61s);
    CHECK(readyz(world) == ready);
}

TEST_CASE("a role may be held by a person as well as by a group", "[scenario][ready]")
{
    World world{888, [](Config& config) {
                    config.slack.support.users.emplace_back(cast::nobody);
                    config.slack.approvers.users.emplace_back(cast::auditor);
                }};
    CHECK(world.ask(cast::nobody, World::customer_email).status == 200);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::manager);  // who holds neither
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    world.approve(cast::auditor);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().requester == SlackUserId{cast::nobody});
}
