#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

#include <string>

// An Auth0 that takes every call and answers none holds up nothing but what needs Auth0.
using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

constexpr int look_ups = 40;

// Forty people are waited for, and the tenant is silent.
void let_tenant_hang(World& world)
{
    world.auth0.faults().add("*", {standins::Fault::delay, 600'000}, standins::FaultPlan::until_cleared);
    for (int number = 0; number < look_ups; ++number)
    {
        const std::string email = "person-" + std::to_string(number) + "@acme.example";
        REQUIRE(world.ask(cast::agent, email).status == 200);
    }
    world.run_for(5s);
}

// A request for which a card is due now.
void plant_pending(World& world)
{
    Request request = approved(world, "cs-pendingpending", PasswordFormat::sop);
    request.state = State::pending;
    request.decision.reset();
    request.expires_at = world.time.now() + 4h;
    const NewJob card = request_job(job_kind::card, request.id, world.time.now());
    world.plant(std::move(request), {card});
}

}  // namespace

TEST_CASE("while Auth0 never answers a freeze is announced, cards are posted and people are told at once", "[scenario]")
{
    World world{1660};
    const bool hangs = GENERATE(true, false);
    CAPTURE(hangs);
    if (hangs) let_tenant_hang(world);
    plant_pending(world);
    CHECK(world.run_until([&] { return world.cards() == 1; }, 2s));
    REQUIRE(world.approve(cast::nobody).status == 200);
    CHECK(world.run_until([&] { return has(world.private_line(cast::nobody, cast::approvals), "Nothing"); }, 2s));
    REQUIRE(world.freeze(cast::lead, "somebody asks for everybody").status == 200);
    CHECK(world.run_until([&] { return has(world.approvals(), "somebody asks for everybody"); }, 2s));
    CHECK(world.run_until([&] { return !has(world.card(), "request.approve"); }, 2s));
}

TEST_CASE("while Auth0 never answers the window of a password is emptied in time", "[scenario]")
{
    World world{1661};
    REQUIRE(reset_and_wait(world));
    REQUIRE(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE(wait_for_password(world, cast::agent));
    world.run_for(4min);
    let_tenant_hang(world);
    const auto shown = world.requests();
    const auto reset = std::find_if(shown.begin(), shown.end(), [](const Request& each) { return each.handover; });
    REQUIRE(reset != shown.end());
    const TimePoint until = reset->handover->until;
    REQUIRE(has(world.modal(cast::agent), World::customer_password));
    world.run_for(until - world.time.now());
    CHECK(world.run_until([&] { return !has(world.modal(cast::agent), World::customer_password); }, 2s));
}

TEST_CASE("look-ups that found no answer in time are made once the tenant is there again", "[scenario]")
{
    World world{1662};
    let_tenant_hang(world);
    world.auth0.faults().clear();
    CHECK(world.settle(30min));
    CHECK(broken_promise(world) == "");
    CHECK(world.requests().size() == look_ups);
}
