#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;

namespace {

constexpr std::uint64_t usual_histories = 60;

std::uint64_t number_from(const char* variable, std::uint64_t usual)
{
    const char* given = std::getenv(variable);
    return given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
}

Fault any_fault(SeededRandom& dice)
{
    constexpr std::array faults = {Fault::delay,        Fault::rate_limit,  Fault::error_before, Fault::error_after,
                                   Fault::reset_before, Fault::reset_after, Fault::garbage,      Fault::truncate};
    return faults[dice.below(faults.size())];
}

PlannedFault planned(SeededRandom& dice)
{
    return PlannedFault{any_fault(dice), static_cast<int>(dice.below(40'000)), static_cast<int>(1 + dice.below(20))};
}

// Has the password shown, if it waits, and closes the window some time later, or leaves it open.
void take_over(World& world, SeededRandom& dice)
{
    if (world.dm(cast::agent).find("handover.show") == std::string::npos || dice.below(4) == 0) return;
    world.press_in_dm(cast::agent, "handover.show");
    world.revive();
    world.run_for(Milliseconds{dice.below(60'000)});
    world.revive();
    if (world.modal(cast::agent).empty() || dice.below(2) == 0) return;
    if (dice.below(2) == 0 && world.modal(cast::agent).find("handover.spell") != std::string::npos)
        world.press_in_modal(cast::agent, "handover.spell");
    world.revive();
    if (!world.modal(cast::agent).empty()) world.close_modal(cast::agent);
    world.revive();
}

// A day of one customer's resets with whatever can go wrong drawn from the seed.
std::string live(std::uint64_t seed)
{
    World world{seed};
    SeededRandom dice{seed * 7919};
    constexpr std::array auth0_calls = {"PATCH /api/v2/users/*", "GET *", "POST /oauth/token", "*"};
    constexpr std::array slack_calls = {"chat.postMessage", "chat.update", "conversations.*",
                                        "response_url",     "views.*",     "*"};
    for (std::uint64_t i = dice.below(4); i > 0; --i)
        world.auth0.faults().add(
            auth0_calls[dice.below(auth0_calls.size())], planned(dice), static_cast<int>(1 + dice.below(3)),
            static_cast<int>(dice.below(10)));
    for (std::uint64_t i = dice.below(4); i > 0; --i)
        world.slack.faults().add(
            slack_calls[dice.below(slack_calls.size())], planned(dice), static_cast<int>(1 + dice.below(3)),
            static_cast<int>(dice.below(10)));
    const int death = dice.below(2) == 0 ? static_cast<int>(10 + dice.below(40)) : 0;
    world.network.cut = [death](int number) {
        return number == death ? Network::Cut::after_applied : Network::Cut::never;
    };

    for (int round = 0; round < 2; ++round)
    {
        world.ask(cast::agent, World::customer_email);
        world.revive();
        world.run_until([&] { return !world.alive() || world.cards() > 0; }, 20min);
        world.revive();
        world.run_for(Milliseconds{dice.below(20'000)});
        world.revive();
        if (world.cards() > 0)
            for (const std::string& user : {cast::lead, cast::other_lead})
            {
                const bool denies = dice.below(4) == 0;
                try
                {
                    world.press(user, denies ? "request.deny" : "request.approve");
                }
                catch (const standins::slack::CannotAct&)
                {
                    // The buttons are gone already.
                }
                world.revive();
            }
        world.settle(3h);
        world.revive();
        take_over(world, dice);
    }
    // Whatever is still open expires, whatever still waits is delivered.
    for (int lives = 0; lives < 5; ++lives)
    {
        world.settle(30h);
        if (world.alive()) break;
        world.revive();
    }
    return broken_promise(world);
}

}  // namespace

TEST_CASE("no history of faults and crashes breaks a promise", "[scenario][history]")
{
    // COUNTERSIGN_SEED=N replays one history; COUNTERSIGN_HISTORIES=N plays as many.
    const bool is_replay = std::getenv("COUNTERSIGN_SEED") != nullptr;
    const std::uint64_t first = number_from("COUNTERSIGN_SEED", 1000);
    const std::uint64_t count = is_replay ? 1 : number_from("COUNTERSIGN_HISTORIES", usual_histories);
    REQUIRE(count > 0);
    for (std::uint64_t seed = first; seed < first + count; ++seed)
    {
        INFO("replay with COUNTERSIGN_SEED=" << seed);
        CHECK(live(seed) == "");
    }
}
