#include "handlers/rules/jobs.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

// How the bot ends: what is in flight is let end, for a while; and how many windows it opens at the same moment.
using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;
using standins::slack::Delivery;

namespace {

constexpr int windows_max = 64;

PlannedFault slow(int delay_ms)
{
    PlannedFault fault;
    fault.fault = Fault::delay;
    fault.delay_ms = delay_ms;
    return fault;
}

// The change is on its way to the tenant, which takes `delay_ms` to answer.
void begin_change(World& world, int delay_ms)
{
    world.auth0.faults().add("PATCH /api/v2/users/*", slow(delay_ms), 1);
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.auth0.faults().pending() == 0; }, 1min));
}

Milliseconds time_to_stop(World& world)
{
    const TimePoint begun = world.time.now();
    world.stop();
    return world.time.now() - begun;
}

std::vector<Delivery> presses(World& world, int count, const std::string& action)
{
    std::vector<Delivery> all;
    std::string card;
    for (const auto& message : world.slack.messages(cast::approvals))
        if (has(boost::json::serialize(message.blocks), action)) card = message.ts;
    for (int i = 0; i < count; ++i)
        all.push_back(world.slack.click(cast::lead, cast::approvals, card, action, to_unix_ms(world.time.now())));
    return all;
}

int opened(const World& world)
{
    const auto& log = world.network.log();
    return static_cast<int>(std::count(log.begin(), log.end(), "POST /api/views.open"));
}

// As many windows are being opened as may be, and Slack takes two seconds for each.
void fill_windows(World& world)
{
    world.slack.faults().add("views.open", slow(2'000), windows_max);
    REQUIRE(world.deliver_together(presses(world, windows_max, "request.deny")) == windows_max);
    world.run_for(100ms);
    REQUIRE(opened(world) == windows_max);
}

}  // namespace

TEST_CASE("a bot that is told to stop ends what it has begun", "[scenario][stop]")
{
    World world{890};
    begin_change(world, 8'000);
    CHECK(time_to_stop(world) < 9s);
    world.start();
    // Was it cut off, its answer would count as lost.
    CHECK(world.request().state == State::changed);
    REQUIRE(world.settle());
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a bot that is told to stop waits ten seconds, and no longer", "[scenario][stop]")
{
    World world{891};
    world.auth0.faults().add("*", slow(60'000), 1'000);
    REQUIRE(world.ask(cast::agent, World::customer_email).status == 200);
    world.run_for(5s);
    // The look-up waits for an answer that does not come; when it gives up, the next one begins no more.
    const auto taken = time_to_stop(world);
    CHECK(taken <= 10'100ms);
    world.auth0.faults().clear();
    world.start();
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 10min));
    CHECK(world.request().state == State::pending);
}

TEST_CASE("a bot that has nothing to do stops at once", "[scenario][stop]")
{
    World world{892};
    CHECK(time_to_stop(world) < 100ms);
}

TEST_CASE("a bot that was told to stop begins nothing new", "[scenario][stop]")
{
    World world{893};
    begin_change(world, 8'000);
    int looked_up = 0;
    world.network.tap = [&looked_up](const auto&, const standins::Request& request) {
        if (request.path().ends_with("users-by-email")) ++looked_up;
    };
    Request next{
        RequestId{"cs-nextnextnext"}, SlackUserId{cast::agent}, Email{"grace@acme.example"}, std::nullopt,
        world.time.now()};
    next.connection = "Username-Password-Authentication";
    next.asked = true;
    const NewJob soon = request_job(job_kind::look_up, next.id, world.time.now() + 2s);
    world.plant(std::move(next), {soon});
    CHECK(time_to_stop(world) > 5s);
    CHECK(looked_up == 0);
    world.start();
    world.run_for(3s);
    CHECK(looked_up > 0);
}

TEST_CASE(
    "sixty-four windows are opened at the same moment, and who comes then is told to press again", "[scenario][stop]")
{
    World world{894};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    fill_windows(world);
    for (const Delivery& press : presses(world, 2, "request.deny")) CHECK(world.deliver(press).status == 200);
    world.run_for(1s);
    CHECK(opened(world) == windows_max);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "The window did not open, and nothing was done"));
    // Their place is free again once Slack has answered.
    world.run_for(3s);
    CHECK(world.deliver(presses(world, 1, "request.deny").front()).status == 200);
    world.run_for(1s);
    CHECK(opened(world) == windows_max + 1);
}

TEST_CASE("no more windows than that are opened, also when all is pressed in one moment", "[scenario][stop]")
{
    World world{896};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.slack.faults().add("views.open", slow(2'000), windows_max + 6);
    REQUIRE(world.deliver_together(presses(world, windows_max + 6, "request.deny")) == windows_max + 6);
    world.run_for(1s);
    CHECK(opened(world) == windows_max);
}

TEST_CASE("a password's window is opened however many others are being opened", "[scenario][stop]")
{
    World world{895};
    REQUIRE(reset_and_wait(world));
    const std::string other = "grace@acme.example";
    standins::auth0::UserSpec user;
    user.email = other;
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.password = "before-the-reset-2";
    world.auth0.add_user(user, to_unix_ms(world.time.now()));
    const auto button = world.posted_to(cast::agent).back();
    REQUIRE(world.ask_and_wait(other));
    world.run_for(5s);
    fill_windows(world);
    CHECK(
        world
            .deliver(world.slack.click(
                cast::agent, button.channel, button.ts, "handover.show", to_unix_ms(world.time.now())))
            .status == 200);
    world.run_for(1s);
    CHECK(opened(world) == windows_max + 1);
    CHECK(has(world.modal(cast::agent), World::customer_password));
}

TEST_CASE("a press that waits for Slack is waited for when the bot is told to stop, or given back", "[scenario][stop]")
{
    World world{897};
    // What was known of people is too old, and Slack says nothing.
    world.slack.faults().add("usergroups.list", {Fault::error_before, 0, 1}, 1'000'000);
    world.slack.faults().add("users.info", {Fault::error_before, 0, 1}, 1'000'000);
    world.run_for(21min);
    const auto command =
        world.slack.command(cast::agent, cast::desk, "/password-help", "", to_unix_ms(world.time.now()));
    REQUIRE(has(world.deliver(command).body, "I go on as soon as it does"));
    const bool is_told = GENERATE(true, false);
    CAPTURE(is_told);
    if (is_told) world.slack.faults().clear();
    CHECK(time_to_stop(world) <= 10'100ms);
    const std::string line = world.private_line(cast::agent, cast::desk);
    CHECK(has(line, "You can ask") == is_told);
    CHECK(has(line, "Nothing was done: Countersign is being restarted") == !is_told);
    world.slack.faults().clear();
    world.start();
    world.run_for(1min);
    CHECK(world.private_line(cast::agent, cast::desk) == line);
}
