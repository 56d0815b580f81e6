#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Runs until `done`, through as many lives as it takes.
bool outlive(World& world, const std::function<bool()>& done)
{
    for (int lives = 0; lives < 20; ++lives)
    {
        world.revive();
        const bool came = world.run_until([&] { return !world.alive() || done(); }, 10min);
        if (world.alive()) return came;
    }
    return false;
}

// A person who fills in the form, and again when Slack says that the app did not answer.
bool submit_form(World& world)
{
    for (int tries = 0; tries < 20; ++tries)
    {
        world.revive();
        if (!world.requests().empty()) return true;
        if (world.slack.modals(cast::agent).empty()) open_form(world, cast::agent);
        const auto waits = [&] { return has(world.modal(cast::agent), "One moment"); };
        world.run_until([&] { return !world.alive() || !waits(); }, std::chrono::minutes{2});
        // Its process has died: nobody fills it any more.
        if (waits()) close_all_modals(world, cast::agent);
        if (!world.alive() || world.slack.modals(cast::agent).empty()) continue;
        world.submit(cast::agent, {{"email", World::customer_email}, {"reason", "locked out"}});
    }
    return false;
}

bool is_choosing(World& world) { return world.request().state == State::choosing; }

// Brings the form that asks back onto the screen, in whichever way the person was told of it.
bool find_choice(World& world)
{
    const auto is_told = [&] {
        return has(world.modal(cast::agent), "\"request.choose\"") || world.dms(cast::agent) > 0;
    };
    if (!outlive(world, [&] { return is_choosing(world) && is_told(); })) return false;
    if (has(world.modal(cast::agent), "\"request.choose\"")) return true;
    close_all_modals(world, cast::agent);
    world.revive();
    world.press_in_dm(cast::agent, "request.complete");
    return world.wait_for_modal(cast::agent);
}

// The first account is chosen, as often as it takes.
bool choose(World& world)
{
    for (int tries = 0; tries < 20; ++tries)
    {
        world.revive();
        if (world.request().choice) return true;
        if (find_choice(world) && world.alive()) world.submit(cast::agent, {{"account", "0.0"}});
    }
    return false;
}

void play(World& world)
{
    add_partner_account(world);
    REQUIRE(submit_form(world));
    REQUIRE(choose(world));
    REQUIRE(outlive(world, [&] { return world.cards() >= 1; }));
    for (int tries = 0; tries < 20; ++tries)
    {
        world.revive();
        if (world.request().state != State::pending) break;
        world.approve(cast::lead);
    }
    REQUIRE(outlive(world, [&] { return !world.request().is_open(); }));
    REQUIRE(outlive(world, [&] { return world.dms(cast::agent) > 0 && world.audit_messages() > 0; }));
    world.settle();
    world.revive();
}

void check_told(World& world)
{
    CHECK(world.requests().size() == 1);
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 1);
    CHECK(world.cards() == 1);
    CHECK(broken_promise(world) == "");
}

}  // namespace

TEST_CASE("kill -9 before any commit of a request by form loses nothing and doubles nothing", "[scenario][intake]")
{
    int commits = 0;
    {
        World world{741};
        play(world);
        check_told(world);
        commits = world.commits();
    }
    REQUIRE(commits > 12);
    for (int number = 1; number <= commits; ++number)
    {
        World world{741};
        INFO("commit " << number);
        world.die_before_commit(number);
        play(world);
        check_told(world);
    }
}
