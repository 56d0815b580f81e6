#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::FaultPlan;

// A Slack that takes its time: the window opens at each press, and the password comes.
namespace {

struct Slowness
{
    int groups;
    int delay_ms;
    int presses;  // one where each group is a call: more would meet Slack's limit of calls
};

// Support is this many groups, the agent in the last of them.
World company_of(std::uint64_t seed, int groups)
{
    const auto name = [](int number) { return "S0SUPPORT" + std::to_string(number); };
    return World{
        seed,
        [groups, name](Config& config) {
            for (int number = 2; number <= groups; ++number) config.slack.support.groups.emplace_back(name(number));
        },
        *from_iso8601("2026-11-23T09:00:00.000Z"),
        [groups, name](World& world) {
            for (int number = 2; number <= groups; ++number)
                world.slack.add_group({name(number), "support", {cast::other_lead}, false, false});
        }};
}

void slow_down(World& world, int delay_ms)
{
    world.slack.faults().add("*", {Fault::delay, delay_ms}, FaultPlan::until_cleared);
}

}  // namespace

TEST_CASE("with a slow Slack each press opens the window at once, and shows the password", "[scenario][handover]")
{
    const auto slowness =
        GENERATE(Slowness{1, 1'000, 3}, Slowness{8, 300, 3}, Slowness{1, 2'500, 3}, Slowness{8, 2'500, 3});
    INFO(slowness.groups << " groups, " << slowness.delay_ms << " ms");
    World world = company_of(600, slowness.groups);
    REQUIRE(reset_and_wait(world));
    slow_down(world, slowness.delay_ms);
    for (int press = 1; press <= slowness.presses; ++press)
    {
        INFO("press " << press);
        const TimePoint pressed = world.time.now();
        CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
        REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), "Checking"); }, 500ms));
        REQUIRE(wait_for_password(world, cast::agent, 35s));
        // Opening, groups, the person, the window before, and what fills it: one call after the other.
        CHECK(world.time.now() - pressed < slowness.delay_ms * 1ms * (slowness.groups + 6));
        REQUIRE(world.run_until([&] { return world.request().handover->state == HandoverState::shown; }, 10s));
        world.run_for(10s);
        world.close_modal(cast::agent);
    }
    const auto presses = static_cast<std::size_t>(slowness.presses);
    CHECK(openings_tried(world) == presses);
    CHECK(openings(world) == presses);
    CHECK(fillings(world) == presses);
    CHECK(world.audit_rows("handover_not_opened") == 0);
    world.slack.faults().clear();
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("six people who press at the same moment of a slow Slack are all shown theirs", "[scenario][handover]")
{
    const std::vector<std::string> people = {"U0ONE", "U0TWO", "U0THREE", "U0FOUR", "U0FIVE", "U0SIX"};
    World world{
        601, [](Config&) {}, *from_iso8601("2026-11-23T09:00:00.000Z"),
        [&people](World& begun) {
            for (const std::string& user : people)
            {
                begun.slack.add_user(
                    {user, user, user, user + "@staff.example", standins::slack::Standing::member, {}, false});
                begun.slack.group("S0SUPPORT").users.push_back(user);
            }
        }};
    world.run_for(1min);
    std::vector<standins::slack::Delivery> presses;
    for (const std::string& user : people)
    {
        // Links replace each other as little as they change anything.
        Request request = approved(world, "cs-sixpeople00" + std::to_string(presses.size()), PasswordFormat::link);
        request.requester = SlackUserId{user};
        REQUIRE(carry_out(world, std::move(request)));
        world.run_for(2s);
        presses.push_back(press_of(world, user));
    }
    for (auto& press : presses) press = pressed_again(world, press);
    slow_down(world, 1'000);
    CHECK(world.deliver_together(presses) == 6);
    for (const std::string& user : people)
    {
        INFO(user);
        CHECK(wait_for_password(world, user, 20s));
    }
    CHECK(openings(world) == 6);
    CHECK(fillings(world) == 6);
}

TEST_CASE("a press is served although the bot does not know its person yet", "[scenario][handover]")
{
    World world{602};
    REQUIRE(reset_and_wait(world));
    world.crash();
    // So that nothing is known after the start, and Slack says it from the press on.
    world.slack.faults().add("usergroups.*", {Fault::error_before}, FaultPlan::until_cleared);
    world.revive();
    world.run_for(3s);
    world.slack.faults().clear();
    const int known = static_cast<int>(calls_of(world, "users.info"));
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    CHECK(wait_for_password(world, cast::agent));
    CHECK(static_cast<int>(calls_of(world, "users.info")) > known);
    CHECK(world.audit_rows("handover_refused") == 0);
}
