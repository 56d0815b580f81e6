#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

std::size_t openings(const World& world)
{
    std::size_t opened = 0;
    for (const auto& call : world.slack.calls()) opened += call.method == "views.open" && call.error.empty() ? 1 : 0;
    return opened;
}

// Somebody who presses until it is shown or over, then closes the window.
void take_over(World& world)
{
    for (int tries = 0; tries < 20; ++tries)
    {
        world.revive();
        if (!has(world.dm(cast::agent), "handover.show") || !world.modal(cast::agent).empty()) break;
        world.press_in_dm(cast::agent, "handover.show");
        world.run_for(45s);
    }
    world.revive();
    if (!world.modal(cast::agent).empty()) world.close_modal(cast::agent);
    for (int lives = 0; lives < 20; ++lives)
    {
        world.settle(2h);
        if (world.alive()) break;
        world.revive();
    }
}

void check_end(World& world)
{
    const Request request = world.request();
    REQUIRE(request.handover);
    CHECK(openings(world) <= 1);
    CHECK(request.handover->is_closed);
    CHECK(request.handover->state != HandoverState::opening);
    // What was shown is never said not to have been.
    if (openings(world) == 1) CHECK(request.handover->state == HandoverState::shown);
    if (request.handover->state == HandoverState::shown && request.handover->is_certain) CHECK(openings(world) == 1);
    CHECK(world.audit_rows("password_shown") >= openings(world));
    CHECK(world.dms(cast::agent) == 1);
    CHECK(broken_promise(world) == "");
}

struct Span
{
    int calls = 0;
    int commits = 0;
};

// What a hand-over takes from the press on.
Span span()
{
    World world{460};
    REQUIRE(reset_and_wait(world));
    world.run_for(1min);
    const int calls = world.network.calls(), commits = world.commits();
    take_over(world);
    return {world.network.calls() - calls, world.commits() - commits};
}

}  // namespace

TEST_CASE(
    "kill -9 before any commit of a hand-over shows the password at most once and loses nothing", "[scenario][crash]")
{
    const Span whole = span();
    REQUIRE(whole.commits > 6);
    for (int number = 1; number <= whole.commits; ++number)
    {
        World world{460};
        REQUIRE(reset_and_wait(world));
        world.run_for(1min);
        INFO("commit " << number);
        world.die_before_commit(number);
        take_over(world);
        check_end(world);
    }
}

TEST_CASE("kill -9 at any call of a hand-over shows the password at most once and loses nothing", "[scenario][crash]")
{
    const Span whole = span();
    REQUIRE(whole.calls > 3);
    for (const auto cut : {Network::Cut::before_applied, Network::Cut::after_applied})
        for (int number = 1; number <= std::min(whole.calls, 20); ++number)
        {
            World world{460};
            REQUIRE(reset_and_wait(world));
            world.run_for(1min);
            INFO("call " << number << (cut == Network::Cut::before_applied ? " before" : " after"));
            const int fatal = world.network.calls() + number;
            bool done = false;
            world.network.cut = [&](int current) {
                if (done || current != fatal) return Network::Cut::never;
                done = true;
                return cut;
            };
            take_over(world);
            check_end(world);
        }
}
