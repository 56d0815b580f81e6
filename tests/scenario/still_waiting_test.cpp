#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::FaultPlan;

// What people read while Auth0 is away.
namespace {

constexpr const char* waiting_words = "Auth0 takes longer than usual";

std::string line(World& world) { return world.private_line(cast::agent, cast::desk); }

void take_auth0_away(World& world)
{
    for (const char* call : {"GET /api/v2/*", "PATCH /api/v2/*"})
        world.auth0.faults().add(call, {Fault::error_before}, FaultPlan::until_cleared);
}

}  // namespace

TEST_CASE("whose look-up takes more than half a minute is told so in the private line", "[scenario][still]")
{
    World world{1550};
    take_auth0_away(world);
    world.ask(cast::agent, World::customer_email);
    world.run_for(28s);
    CHECK_FALSE(has(line(world), waiting_words));
    const std::int64_t version = world.request().version;
    world.run_for(5s);
    CHECK(has(line(world), waiting_words));
    CHECK(has(line(world), "goes on trying until"));
    CHECK(world.request().version == version);
    world.auth0.faults().clear();
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 5min));
    world.run_for(5s);
    CHECK_FALSE(has(line(world), waiting_words));
    CHECK(calls_of(world, "response_url") <= 3);
}

TEST_CASE("a look-up that waits is told in the window where it was asked for", "[scenario][still]")
{
    World world{1551};
    world.deliver(world.slack.command(cast::agent, cast::desk, "/reset-password", "", to_unix_ms(world.time.now())));
    REQUIRE(world.wait_for_modal(cast::agent));
    take_auth0_away(world);
    world.submit(cast::agent, {{"email", World::customer_email}, {"reason", "locked out"}});
    world.run_for(33s);
    CHECK(has(world.modal(cast::agent), waiting_words));
    world.auth0.faults().clear();
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 5min));
    world.run_for(5s);
    CHECK_FALSE(has(world.modal(cast::agent), waiting_words));
}

TEST_CASE("an approved change that waits for Auth0 says so on its card and in the private line", "[scenario][still]")
{
    World world{1552};
    REQUIRE(world.ask_and_wait());
    take_auth0_away(world);
    world.approve(cast::lead);
    world.run_for(20s);
    CHECK_FALSE(has(world.card(), waiting_words));
    const std::int64_t version = world.request().version;
    world.run_for(15s);
    CHECK(has(world.card(), waiting_words));
    CHECK(has(world.card(), "the password is not changed yet"));
    CHECK(has(line(world), waiting_words));
    CHECK(world.request().version == version);
    CHECK(world.cards() == 1);
    world.auth0.faults().clear();
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(has(world.card(), "*Done*"));
    CHECK_FALSE(has(world.card(), waiting_words));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what does not wait for Auth0 does not say so", "[scenario][still]")
{
    const bool is_frozen = GENERATE(true, false);
    INFO(is_frozen);
    World world{1553};
    REQUIRE(world.ask_and_wait());
    if (is_frozen) take_auth0_away(world);
    world.approve(cast::lead);
    if (is_frozen) freeze(world, true);
    world.run_for(1min);
    CHECK_FALSE(has(world.card(), waiting_words));
    for (const auto& call : world.slack.calls()) CHECK_FALSE(has(boost::json::serialize(call.args), waiting_words));
}

TEST_CASE("a change that cools says that it waits only once it is due", "[scenario][still]")
{
    World world{1554};
    Request request = approved(world, "cs-coolingdown1", PasswordFormat::sop);
    request.change_from = world.time.now() + 10min;
    take_auth0_away(world);
    world.plant(
        request,
        {request_job(job_kind::card, request.id, world.time.now()),
         request_job(job_kind::begin_change, request.id, *request.change_from),
         still_waiting_job(request.id, world.time.now())});
    world.run_for(9min);
    CHECK_FALSE(has(world.approvals(), waiting_words));
    world.run_for(100s);
    CHECK(has(world.approvals(), waiting_words));
}

TEST_CASE("an account whose answer is larger than we read ends its look-up in words", "[scenario][still]")
{
    World world{1555};
    world.network.too_large = [](const std::string& call) { return has(call, "GET /api/v2/users"); };
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return !world.requests().empty() && !world.request().is_open(); }, 1min));
    CHECK(world.request().ending == Ending::auth0_answer_too_large);
    world.run_for(5s);
    CHECK(has(line(world), "larger than Countersign takes"));
}
