// The whole story on every plan of Auth0's: with its small limits, with others who use them up, with many jobs at once.
#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::auth0::Plan;

namespace {

// How often the tenant was asked something and answered it.
auto answered(World& world, const std::string& path)
{
    const auto& calls = world.auth0.calls();
    return std::count_if(
        calls.begin(), calls.end(), [&path](const auto& call) { return call.path == path && call.status != 429; });
}

std::size_t ended(World& world)
{
    const auto requests = world.requests();
    return static_cast<std::size_t>(std::count_if(
        requests.begin(), requests.end(), [](const Request& request) { return request.state == State::changed; }));
}

// As World::run_until, while others take every call that the tenant admits, but in one second of eight.
bool run_among_others(World& world, const std::function<bool()>& done, Milliseconds limit)
{
    const TimePoint until = world.time.now() + limit;
    while (!done() && world.time.now() < until)
    {
        if (to_unix_s(world.time.now()) % 8 != 0) world.auth0.let_others_call(1000, to_unix_ms(world.time.now()));
        world.run_for(200ms);
    }
    return done();
}

std::string add_customer(World& world, int number)
{
    standins::auth0::UserSpec user;
    user.email = "customer" + std::to_string(number) + "@acme.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.password = "an-old-password-1";
    world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000'000);
    return user.email;
}

void approve_all(World& world)
{
    for (const auto& message : world.slack.messages(cast::approvals))
    {
        if (boost::json::serialize(message.blocks).find("request.approve") == std::string::npos) continue;
        world.deliver(world.slack.click(
            cast::lead, cast::approvals, message.ts, "request.approve", to_unix_ms(world.time.now())));
    }
}

Plan any_plan() { return GENERATE(Plan::free, Plan::essentials, Plan::enterprise, Plan::enterprise_development); }

}  // namespace

TEST_CASE("on every plan a card comes within five seconds, and nothing is asked twice for it", "[scenario][plan]")
{
    World world{900};
    const Plan plan = any_plan();
    CAPTURE(static_cast<int>(plan));
    world.auth0.set_plan(plan, true);
    const TimePoint asked = world.time.now();
    REQUIRE(world.ask_and_wait());
    CHECK(world.time.now() - asked <= 5s);
    CHECK(answered(world, "/api/v2/users-by-email") == 1);
    CHECK(answered(world, "/api/v2/users") == 1);
    CHECK(answered(world, "/api/v2/connections") == 1);

    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.customer_has_new_password());
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("on every plan a request ends among others who leave one second of eight", "[scenario][plan]")
{
    World world{901};
    const Plan plan = any_plan();
    CAPTURE(static_cast<int>(plan));
    world.auth0.set_plan(plan, true);
    world.ask(cast::agent, World::customer_email);
    REQUIRE(run_among_others(
        world, [&] { return world.cards() == 1; }, 3min));
    CHECK(answered(world, "/api/v2/users-by-email") == 1);
    world.approve(cast::lead);
    REQUIRE(run_among_others(
        world, [&] { return ended(world) == 1; }, 3min));
    CHECK(world.password_changes() == 1);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("on every plan a dozen requests at once all end, by themselves and among others", "[scenario][plan]")
{
    constexpr std::size_t many = 12;
    World world{902};
    const Plan plan = any_plan();
    const bool are_others_there = GENERATE(false, true);
    CAPTURE(static_cast<int>(plan), are_others_there);
    world.auth0.set_plan(plan, true);
    const auto wait = [&](const std::function<bool()>& done) {
        return are_others_there ? run_among_others(world, done, 30min) : world.run_until(done);
    };
    for (std::size_t i = 0; i < many; ++i) world.ask(cast::agent, add_customer(world, static_cast<int>(i)));
    REQUIRE(wait([&] { return world.cards() == many; }));
    CHECK(answered(world, "/api/v2/users-by-email") == many);
    approve_all(world);
    REQUIRE(wait([&] { return ended(world) == many; }));
    CHECK(world.password_changes() == many);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a search that fails for the moment is no answer, and the account is found once it answers", "[scenario]")
{
    World world{903};
    const auto fault = GENERATE(
        standins::Fault::rate_limit, standins::Fault::error_before, standins::Fault::reset_before,
        standins::Fault::garbage);
    CAPTURE(static_cast<int>(fault));
    // Found by the search alone: an address that was stored in capitals.
    standins::auth0::UserSpec user;
    user.email = "Grace.Hopper@Acme.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.password = "an-old-password-1";
    world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000'000);
    world.auth0.faults().add("GET /api/v2/users", standins::PlannedFault{fault, 0, 1}, 3);
    REQUIRE(world.ask_and_wait("grace.hopper@acme.example"));
    CHECK(world.card().find("Grace Hopper") != std::string::npos);
}
