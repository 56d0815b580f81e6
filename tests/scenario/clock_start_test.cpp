#include "tests/scenario/clock_steps.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/tables.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

// The bot starts with a clock that is wrong, or among services that say so or nothing.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// A password waits to be shown, and a request to be decided.
struct Waiting
{
    Waiting() : world{2120}
    {
        standins::auth0::UserSpec user;
        user.email = "grace@acme.example";
        user.given_name = "Grace";
        user.family_name = "Hopper";
        world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
        REQUIRE(reset_and_wait(world));
        id = world.request().id;
        REQUIRE(world.ask_and_wait("grace@acme.example"));
        world.run_for(10s);
        before = decisive_tables(world);
    }

    // Dies, and lives again by a clock that was set.
    void start_with(Milliseconds by)
    {
        world.crash();
        world.time.step_wall(by);
        world.start();
    }

    void check_untouched()
    {
        CHECK(decisive_tables(world) == before);
        CHECK(knock_with_help(world) == 401);
    }

    // Nothing was lost: the password is shown, the other request is decided.
    void check_whole()
    {
        CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
        CHECK(wait_for_password(world, cast::agent));
        CHECK(world.approve(cast::lead).status == 200);
        REQUIRE(world.settle());
        CHECK(world.password_changes() == 2);
        CHECK(broken_promise(world) == "");
    }

    World world;
    RequestId id{"none"};
    std::string before;
};

}  // namespace

TEST_CASE("a start with a wrong clock touches nothing until the clock is right, and goes on then", "[scenario][clock]")
{
    const auto by = GENERATE(-10 * year, Milliseconds{-1h}, -6min, 6min, Milliseconds{1h}, 10 * year);
    INFO("by " << by / 1s << " s");
    Waiting waiting;
    World& world = waiting.world;
    waiting.start_with(by);
    world.run_for(15s);
    CHECK(readyz(world) == "clock_off");
    waiting.check_untouched();
    world.time.step_wall(-by);
    world.run_for(5s);
    CHECK(readyz(world) == "ready");
    waiting.check_whole();
}

TEST_CASE(
    "a start with the clock ahead expires nothing while neither service answers, and none after", "[scenario][clock]")
{
    Waiting waiting;
    World& world = waiting.world;
    take_slack_away(world);
    take_auth0_away(world);
    waiting.start_with(1h);
    world.run_for(1min);
    CHECK(readyz(world) == "slack_not_answering");
    CHECK(decisive_tables(world) == waiting.before);
    world.auth0.faults().clear();
    world.run_for(15s);
    CHECK(readyz(world) == "clock_off");
    waiting.check_untouched();
    world.slack.faults().clear();
    world.run_for(15s);
    waiting.check_untouched();
    world.time.step_wall(-1h);
    world.run_for(10s);
    CHECK(readyz(world) == "ready");
    waiting.check_whole();
}

TEST_CASE("a start behind the ledger accepts nothing while neither service answers", "[scenario][clock]")
{
    Waiting waiting;
    World& world = waiting.world;
    take_slack_away(world);
    take_auth0_away(world);
    waiting.start_with(-1h);
    CHECK(readyz(world) == "clock_off");
    waiting.check_untouched();
    CHECK(knock_with_help(world, -1h) == 401);
    world.time.step_wall(1h);
    world.slack.faults().clear();
    world.auth0.faults().clear();
    world.run_for(10s);
    CHECK(readyz(world) == "ready");
    waiting.check_whole();
}

TEST_CASE("after a start jobs go on while one of the two services is away", "[scenario][clock]")
{
    World world{2121};
    SECTION("Auth0")
    {
        REQUIRE(world.ask_and_wait());
        world.crash();
        take_auth0_away(world);
        world.start();
        CHECK(readyz(world) == "ready");
        world.deny(cast::lead);
        CHECK(world.run_until([&] { return has(world.dm(cast::agent), "Denied"); }, 10s));
    }
    SECTION("Slack")
    {
        world.ask(cast::agent, World::customer_email);
        world.crash();
        take_slack_away(world);
        const TimePoint begin = world.time.now();
        world.start();
        const auto& calls = world.auth0.calls();
        const auto looks_up = std::find_if(calls.begin(), calls.end(), [&](const auto& call) {
            return call.at >= to_unix_ms(begin) && call.path == "/api/v2/users-by-email";
        });
        REQUIRE(looks_up != calls.end());
        CHECK(looks_up->at - to_unix_ms(begin) < 5'000);
    }
}

TEST_CASE("a start goes on without a date where no answer has one", "[scenario][clock]")
{
    World world{2122};
    world.crash();
    undate_services(world);
    world.start();
    CHECK(readyz(world) == "ready");
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
}

TEST_CASE("a start behind the ledger does not go on without a date", "[scenario][clock]")
{
    Waiting waiting;
    undate_services(waiting.world);
    waiting.start_with(-1h);
    waiting.world.run_for(15s);
    CHECK(readyz(waiting.world) == "clock_off");
    waiting.check_untouched();
}

TEST_CASE(
    "while services' dates say that the clock is wrong nothing timed is done, and nothing accepted",
    "[scenario][clock]")
{
    const auto by = GENERATE(as<Milliseconds>{}, -1h, 1h);
    Waiting waiting;
    World& world = waiting.world;
    date_services(world, by);
    REQUIRE(world.run_until([&] { return readyz(world) == "clock_off"; }, 3min));
    waiting.before = decisive_tables(world);
    world.run_for(20min);
    waiting.check_untouched();
    date_services(world, 0s);
    world.run_for(10s);
    CHECK(readyz(world) == "ready");
    // The time to show the password is over by now, and was.
    world.run_for(10s);
    CHECK(world.audit_rows("handover_expired") == 1);
}

TEST_CASE("one service with a wrong date is noticed, and puts nothing right", "[scenario][clock]")
{
    World world{2123};
    date_services(world, 1h, "7001");
    REQUIRE(world.run_until([&] { return readyz(world) == "clock_off"; }, 3min));
    date_services(world, 0s);
    world.run_for(10s);
    CHECK(readyz(world) == "ready");
    REQUIRE(world.ask_and_wait());
}

TEST_CASE("a request is accepted once, whatever the clock of the process in between", "[scenario][clock]")
{
    World world{2124};
    const auto asked = world.slack.command(
        cast::agent, cast::desk, "/reset-password", World::customer_email, to_unix_ms(world.time.now()));
    REQUIRE(world.deliver(asked).status == 200);
    world.run_for(10s);
    SECTION("it was ahead, and accepted what was signed by a clock that was ahead as well")
    {
        take_slack_away(world);
        take_auth0_away(world);
        world.crash();
        world.time.step_wall(1h);
        world.start();
        CHECK(knock_with_help(world, 1h) == 200);
        CHECK(knock_again(world, asked) == 401);
        world.crash();
        world.time.step_wall(-1h);
        world.slack.faults().clear();
        world.auth0.faults().clear();
    }
    SECTION("it was right, and the next one is an hour behind, when nobody remembers it")
    {
        world.run_for(1h);
        world.ledger().engine().probe(world.time.now());
        REQUIRE(world.ledger().engine().prune(world.time.now(), 500) > 0);
        take_slack_away(world);
        take_auth0_away(world);
        world.crash();
        world.time.step_wall(-1h);
    }
    world.start();
    CHECK(knock_again(world, asked) == 401);
    CHECK(world.requests().size() == 1);
}
