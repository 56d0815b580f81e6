#include "bot/store/database.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

constexpr int more_than_are_tried = 1000;

// What everybody was told in the audit channel and the agent in direct messages, all of it.
std::string told(World& world)
{
    std::string all;
    for (const auto& message : world.slack.messages(cast::audit)) all += message.text + "\n";
    for (const auto& message : world.posted_to(cast::agent)) all += message.text + "\n";
    return all;
}

// The next try of this job is its last, and fails by a mistake of ours. Nothing else must be due before it.
void bury_by_mistake(World& world, std::string_view kind)
{
    world.ledger().engine().connection().exec(
        "UPDATE job SET attempts = $1 WHERE kind = $2", more_than_are_tried, std::string{kind});
    world.make_mistakes(1);
    REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == 1; }, 5min));
    world.run_for(1min);
}

}  // namespace

TEST_CASE("a password whose expiry is given up is destroyed, and everybody is told", "[scenario][handover]")
{
    World world{460};
    REQUIRE(reset_and_wait(world));
    world.run_for(14min);
    CHECK(is_sealed(world));
    bury_by_mistake(world, job_kind::handover_expire);
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::destroyed);
    CHECK(world.audit_rows("handover_destroyed") == 1);
    CHECK(detail_of(world, "handover_destroyed", "why") == "internal_error");
    REQUIRE(rows_of(world, "job_buried").size() == 1);
    CHECK(text_of(rows_of(world, "job_buried").front(), "actor") == "countersign");
    CHECK(text_of(rows_of(world, "job_buried").front(), "request") == world.request().id.str());
    CHECK(detail_of(world, "job_buried", "kind") == job_kind::handover_expire);
    CHECK(detail_of(world, "job_buried", "error") == "internal_error");
    CHECK(has(told(world), "destroyed without being shown"));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
    CHECK(has(world.audit_message(), "is not shown any more"));
    CHECK(world.modal(cast::agent).empty());
    CHECK(world.request().state == State::changed);
}

TEST_CASE("a press that nobody can settle counts as shown, and its password is destroyed", "[scenario][handover]")
{
    World world{461};
    REQUIRE(reset_and_wait(world));
    world.run_for(1min);
    world.die_before_commit(2);  // the press is written down, what became of it is not
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    REQUIRE_FALSE(world.alive());
    world.revive();
    REQUIRE(world.request().handover->state == HandoverState::opening);
    bury_by_mistake(world, job_kind::handover_settle);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK_FALSE(world.request().handover->is_certain);
    CHECK(has(told(world), "may have been shown"));
    CHECK(has(told(world), "what became of a press"));
    world.run_for(10min);
    CHECK_FALSE(is_sealed(world));
    CHECK_FALSE(has(world.modal(cast::agent), World::customer_password));
}

TEST_CASE("a window that cannot be emptied is told of, and its password is destroyed", "[scenario][handover]")
{
    const bool by_slack = GENERATE(true, false);
    INFO(by_slack);
    World world{462};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "was shown to you"); }, 30s));
    if (by_slack)
    {
        standins::PlannedFault down;
        down.fault = standins::Fault::error_before;
        world.slack.faults().add("views.update", down, more_than_are_tried);
        REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == 1; }, 3h));
        world.run_for(1min);
    }
    else
    {
        world.run_for(4min);
        bury_by_mistake(world, job_kind::handover_close);
    }
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->is_closed);
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(has(world.dm(cast::agent), "has to close it"));
    CHECK(has(world.audit_message(), "has to close it"));
    world.close_modal(cast::agent);
    world.run_for(10s);
    CHECK(world.modal(cast::agent).empty());
}

TEST_CASE("a spelling that is given up is told, and takes nothing away", "[scenario][handover]")
{
    World world{463};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "was shown to you"); }, 30s));
    standins::PlannedFault down;
    down.fault = standins::Fault::error_before;
    world.slack.faults().add("views.update", down, 4);
    world.press_in_modal(cast::agent, "handover.spell");
    REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == 1; }, 4min));
    world.run_for(40s);
    CHECK(has(world.dm(cast::agent), "spelling"));
    CHECK(is_sealed(world));
    CHECK(shown_secrets(world, cast::agent) == std::vector<std::string>{World::customer_password});
    close_for_good(world, cast::agent);
    REQUIRE(world.settle());
    CHECK_FALSE(is_sealed(world));
}

TEST_CASE(
    "a window that was opened again and that nobody can settle goes back to what was shown", "[scenario][handover]")
{
    World world{464};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "was shown to you"); }, 30s));
    world.run_for(40s);  // what else looks at the request half a minute after the approval has done so
    const TimePoint until = world.request().handover->until;
    const auto press = press_of(world, cast::agent);
    world.die_before_commit(2);  // the second press is written down, what became of it is not
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    REQUIRE_FALSE(world.alive());
    world.revive();
    REQUIRE(world.request().handover->state == HandoverState::reopening);
    bury_by_mistake(world, job_kind::handover_settle);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK_FALSE(world.request().handover->is_closed);
    CHECK(world.request().handover->until == until);
    world.deliver(pressed_again(world, press));
    CHECK(wait_for_password(world, cast::agent));
    world.run_for(5min);
    CHECK_FALSE(is_sealed(world));
    CHECK(shown_secrets(world, cast::agent).empty());
}
