#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

standins::PlannedFault slow(int delay_ms) { return {standins::Fault::delay, delay_ms}; }

}  // namespace

TEST_CASE("a password whose button was pressed just before the bot is told to stop is shown", "[scenario][stop]")
{
    World world{465};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("users.info", slow(1'000));
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE_FALSE(has(world.modal(cast::agent), World::customer_password));
    const TimePoint told = world.time.now();
    world.stop();
    CHECK(world.time.now() - told < 3s);
    CHECK(has(world.modal(cast::agent), World::customer_password));
    world.start();
    REQUIRE(world.request().handover);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_certain);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a window that Slack does not let fill keeps the bot for no more than ten seconds", "[scenario][stop]")
{
    World world{466};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("users.info", slow(60'000), 1'000);
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    const TimePoint told = world.time.now();
    world.stop();
    CHECK(world.time.now() - told <= 10'100ms);
    CHECK_FALSE(has(world.modal(cast::agent), World::customer_password));
    world.slack.faults().clear();
    world.start();
    world.settle(2h);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "wherever a press stands when the bot is told to stop, it is shown or given back, and said truly",
    "[scenario][stop]")
{
    const std::string call = GENERATE("views.open", "users.info", "usergroups.list", "views.update");
    const int delay_ms = GENERATE(0, 900, 2'500);
    const Milliseconds after{GENERATE(0, 100, 1'000)};
    CAPTURE(call, delay_ms, after.count());
    World world{467};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add(call, slow(delay_ms), 1'000);
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    world.run_for(after);
    world.stop();
    CHECK(has(world.modal(cast::agent), World::customer_password));
    world.slack.faults().clear();
    world.start();
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_certain);
}

TEST_CASE(
    "a press that cannot be served before the bot ends is given back, and works after the restart", "[scenario][stop]")
{
    World world{468};
    REQUIRE(reset_and_wait(world));
    // Slack answers nothing about people, or takes nothing for the window.
    const bool is_silent = GENERATE(true, false);
    CAPTURE(is_silent);
    if (is_silent)
        world.slack.faults().add("users.info", slow(60'000), 1'000);
    else
        world.slack.faults().add("views.update", {standins::Fault::rate_limit, 0, 30}, 1'000);
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    const TimePoint told = world.time.now();
    world.stop();
    CHECK(world.time.now() - told <= 10'100ms);
    CHECK(fillings(world) == 0);
    CHECK(has(world.modal(cast::agent), "Countersign is being restarted. Press the button again") == is_silent);

    world.slack.faults().clear();
    world.start();
    CHECK(detail_of(world, "handover_not_opened", "why") == "stopping");
    CHECK(world.request().handover->state == HandoverState::ready);
    world.run_for(40s);
    CHECK_FALSE(has(world.dm(cast::agent), "may have been shown"));
    world.close_modal(cast::agent);
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE(wait_for_password(world, cast::agent));
    REQUIRE(world.settle(2h));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("of a window whose filling is under way at the end nothing is claimed that nobody knows", "[scenario][stop]")
{
    World world{469};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.update", slow(60'000), 1'000);
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    world.stop();
    world.slack.faults().clear();
    world.start();
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "may have been shown"); }, 5min));
    CHECK(has(world.dm(cast::agent), "I could not find out whether it was"));
    CHECK_FALSE(has(world.dm(cast::agent), "answer was lost"));
    CHECK_FALSE(world.request().handover->is_certain);
}
