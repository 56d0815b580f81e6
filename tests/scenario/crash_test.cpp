#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// The main story told by people who do not give up: whoever got no answer tries again after a restart.
void play_stubbornly(World& world)
{
    for (int tries = 0; tries < 20 && world.alive() && world.requests().empty(); ++tries)
    {
        const int status = world.ask(cast::agent, World::customer_email).status;
        world.revive();
        if (status == 200) break;
    }
    const auto revive = [&world](const std::function<bool()>& done) {
        for (int lives = 0; lives < 20; ++lives)
        {
            const bool came = world.run_until([&] { return !world.alive() || done(); }, 30min);
            if (world.alive()) return came;
            world.revive();
        }
        return false;
    };
    if (!revive([&] { return world.cards() >= 1; })) return;
    for (int tries = 0; tries < 20; ++tries)
    {
        if (world.request().state != State::pending) break;
        world.approve(cast::lead);
        world.revive();
    }
    for (int lives = 0; lives < 20; ++lives)
    {
        world.settle();
        if (world.alive()) break;
        world.revive();
    }
}

void check_told(World& world)
{
    CHECK(world.request().state == State::changed);
    CHECK(world.customer_has_new_password());
    CHECK(world.cards() == 1);
    CHECK(world.dms(cast::agent) == 1);
    CHECK(broken_promise(world) == "");
}

int calls_of_one_story()
{
    World world{300};
    play_stubbornly(world);
    return world.network.calls();
}

int commits_of_one_story()
{
    World world{300};
    play_stubbornly(world);
    return world.commits();
}

}  // namespace

TEST_CASE("kill -9 before or after any call to the outside loses nothing and doubles nothing", "[scenario][crash]")
{
    const int calls = calls_of_one_story();
    REQUIRE(calls > 15);
    for (const auto cut : {Network::Cut::before_applied, Network::Cut::after_applied})
        for (int number = 1; number <= calls; ++number)
        {
            World world{300};
            INFO("call " << number << (cut == Network::Cut::before_applied ? " before" : " after"));
            bool done = false;
            world.network.cut = [&](int current) {
                if (done || current != number) return Network::Cut::never;
                done = true;
                return cut;
            };
            play_stubbornly(world);
            check_told(world);
        }
}

TEST_CASE("kill -9 before any commit loses nothing and doubles nothing", "[scenario][crash]")
{
    const int commits = commits_of_one_story();
    REQUIRE(commits > 10);
    for (int number = 1; number <= commits; ++number)
    {
        World world{300};
        INFO("commit " << number);
        world.die_before_commit(number);
        play_stubbornly(world);
        check_told(world);
    }
}

TEST_CASE("dying twice in the change itself still ends in one proved change", "[scenario][crash]")
{
    const int calls = calls_of_one_story();
    for (int number = calls / 2; number <= calls; ++number)
    {
        World world{301};
        INFO("calls " << number << " and " << number + 3);
        int deaths = 0;
        world.network.cut = [&](int current) {
            if ((deaths == 0 && current == number) || (deaths == 1 && current == number + 3))
            {
                ++deaths;
                return Network::Cut::after_applied;
            }
            return Network::Cut::never;
        };
        play_stubbornly(world);
        check_told(world);
    }
}
