#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

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
