#include "handlers/rules/jobs.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/tables.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

void restart(World& world)
{
    world.crash();
    world.run_for(1s);
    world.revive();
    REQUIRE(world.alive());
}

}  // namespace

TEST_CASE("a freeze outlives the process, and stops what was approved before it", "[scenario][freeze]")
{
    World world{620};
    world.freeze(cast::lead, "incident");
    const RequestId id{"cs-frozenfrozen"};
    world.plant(approved(world, id.str(), PasswordFormat::sop), {request_job(job_kind::change, id, world.time.now())});
    world.run_for(1min);
    const std::string before = decisive_tables(world);
    restart(world);
    world.run_for(10min);
    CHECK(decisive_tables(world) == before);
    CHECK(world.request().state == State::approved);
    CHECK(world.password_changes() == 0);
    CHECK(world.auth0.accepts(world.customer, "before-the-reset-1"));
}

TEST_CASE("a freeze outlives the process, and stops the showing of a password that is ready", "[scenario][freeze]")
{
    World world{621};
    REQUIRE(reset_and_wait(world));
    world.freeze(cast::lead, "incident");
    world.run_for(1min);
    const std::string before = decisive_tables(world);
    restart(world);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(10s);
    CHECK(decisive_tables(world) == before);
    CHECK(world.modal(cast::agent).empty());
    CHECK(world.audit_rows("password_shown") == 0);
    CHECK(world.audit_rows("handover_refused") == 1);
    CHECK(has(world.private_line(cast::agent, world.slack.dms(cast::agent).back().channel), "incident"));

    // Nobody can look at it in time then, and it does not wait for ever.
    world.run_for(16min);
    CHECK(world.request().handover->state == HandoverState::expired);
    CHECK_FALSE(world.ledger().reads().credential(world.request().id));
    CHECK(world.ledger().reads().freeze().freeze);
}
