#include "handlers/rules/handover_transitions.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

// Slow, absent and repeated answers around the one moment in which a password is shown.
namespace {

standins::PlannedFault slow(int ms) { return {Fault::delay, ms}; }

}  // namespace

TEST_CASE("the watch of a press that was given back does not end the next press", "[scenario][handover]")
{
    World world{470};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.open", {Fault::rate_limit});
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(opening_settled_after - 1s);
    CHECK(world.request().handover->state == HandoverState::ready);

    // The second press is under way when the watch of the first is due.
    world.slack.faults().add("views.open", slow(2'500));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
    world.run_for(5s);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_certain);
    CHECK(world.audit_rows("handover_answer_lost") == 0);
}

TEST_CASE("a press whose trigger is too old by then opens nothing, and can be pressed again", "[scenario][handover]")
{
    World world{471};
    REQUIRE(reset_and_wait(world));
    const auto stale = press_of(world, cast::agent);
    world.run_for(4s);
    world.deliver(stale);
    world.run_for(20s);
    CHECK(openings(world) == 0);
    CHECK(calls_of(world, "views.update") == 0);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(world.audit_rows("handover_not_opened") == 1);
    CHECK(has(note_of(world, cast::agent), "Press the button again"));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

TEST_CASE("shortly before the window is emptied nothing is spelled out any more", "[scenario][handover]")
{
    World world{472};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_password(world, cast::agent));
    world.run_for(spelling_shown_for);
    CHECK(world.press_in_modal(cast::agent, "handover.spell").status == 200);
    world.run_for(10s);
    CHECK(shown_secrets(world, cast::agent).size() == 1);
    CHECK(world.audit_rows("spelling_refused") == 1);
}

TEST_CASE("the time to look begins when the person can be told of it", "[scenario][handover]")
{
    World world{473};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.postMessage", {Fault::error_before}, standins::FaultPlan::until_cleared);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    world.run_for(13min);
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "handover.show"); }, 30min));
    CHECK(is_sealed(world));
    world.run_for(14min);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

TEST_CASE(
    "that time does not begin without end: what arrives late ends as if it had come after two hours",
    "[scenario][handover]")
{
    World world{477, [](Config& config) { config.requests.password.reveal_within = 4h; }};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.postMessage", {Fault::error_before}, standins::FaultPlan::until_cleared);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    const TimePoint done = world.request().updated_at;
    world.run_for(3h);
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "handover.show"); }, 2h));
    world.run_for(5s);
    CHECK(to_unix_ms(world.request().handover->until) == to_unix_ms(done + message_arrives_within + 4h));
}

TEST_CASE("a password that a later request has replaced is not shown", "[scenario][handover]")
{
    World world{474};
    REQUIRE(carry_out(world, approved(world, "cs-firstfirst01", PasswordFormat::passphrase)));
    const auto first = world.posted_to(cast::agent).back();
    Request second = approved(world, "cs-secondsecond", PasswordFormat::passphrase);
    second.decision->at = world.time.now();
    REQUIRE(carry_out(world, std::move(second)));
    const auto press =
        world.slack.click(cast::agent, first.channel, first.ts, "handover.show", to_unix_ms(world.time.now()));
    CHECK(world.deliver(press).status == 200);
    world.run_for(10s);
    CHECK(fillings(world) == 0);
    CHECK(world.audit_rows("handover_destroyed") == 1);

    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    CHECK(wait_for_password(world, cast::agent));
}

TEST_CASE("a window that cannot be emptied is told, to its owner and in the audit channel", "[scenario][handover]")
{
    World world{475};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_password(world, cast::agent));
    world.run_for(5s);
    world.slack.faults().add("views.update", {Fault::error_before}, standins::FaultPlan::until_cleared);
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "has to close it"); }, 8h));
    CHECK_FALSE(is_sealed(world));
    CHECK(has(world.audit_message(), "has to close it"));
}

TEST_CASE("a mail to the owner is sent at most once, wherever the process dies", "[scenario][care][crash]")
{
    const auto tell = [](Config& config) { config.requests.after_change.tell_owner = true; };
    int commits = 0;
    {
        World world{476, tell};
        REQUIRE(world.ask_and_wait());
        const int before = world.commits();
        world.approve(cast::lead);
        REQUIRE(world.settle(2h));
        commits = world.commits() - before;
        REQUIRE(world.auth0.reset_mails().size() == 1);
    }
    REQUIRE(commits > 5);
    for (int number = 1; number <= commits; ++number)
    {
        World world{476, tell};
        REQUIRE(world.ask_and_wait());
        world.die_before_commit(number);
        world.approve(cast::lead);
        for (int lives = 0; lives < 5; ++lives)
        {
            world.settle(2h);
            if (world.alive()) break;
            world.revive();
        }
        INFO("commit " << number);
        CHECK(world.auth0.reset_mails().size() <= 1);
    }
}
