#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

#include <string>

// Where new accounts are made, and as what, is what the configuration says.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// What the tenant knows of Grace's account, once it was asked for and approved; empty when it was not made.
std::string made_account(World& world)
{
    command(world, cast::implementer, "/create-password", "grace@acme.example Grace Hopper");
    if (!world.run_until([&] { return world.cards() == 1; }, 1min)) return {};
    world.approve(cast::lead);
    if (!world.settle() || world.request().state != State::changed || !world.request().account) return {};
    return world.auth0.user_json(world.request().account->id.str());
}

}  // namespace

TEST_CASE(
    "a new account is made in the usual connection, unproved, unless the configuration says otherwise",
    "[scenario][intake]")
{
    World world{740};
    const std::string account = made_account(world);
    CHECK(has(account, R"("connection":"Username-Password-Authentication")"));
    CHECK(has(account, R"("email_verified":false)"));
    CHECK_FALSE(has(world.card(), "not the usual one"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a new account is made in the connection that is configured for new ones", "[scenario][intake]")
{
    World world{741, [](Config& config) {
                    config.requests.new_accounts.connection = "Navy";
                    config.requests.new_accounts.email_verified = true;
                }};
    standins::auth0::ConnectionSpec connection;
    connection.name = "Navy";
    world.auth0.add_connection(connection);
    const std::string account = made_account(world);
    CHECK(has(account, R"("connection":"Navy")"));
    CHECK(has(account, R"("email_verified":true)"));
    CHECK(world.request().connection == "Navy");
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the usual connection is the configured one", "[scenario][intake]")
{
    World world{742, [](Config& config) { config.auth0.connection = "Navy"; }};
    standins::auth0::ConnectionSpec connection;
    connection.name = "Navy";
    world.auth0.add_connection(connection);
    CHECK(has(made_account(world), R"("connection":"Navy")"));
    CHECK_FALSE(has(world.card(), "not the usual one"));
    CHECK(broken_promise(world) == "");
}
