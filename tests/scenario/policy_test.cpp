#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

Tier tier_of_company(const std::string& name)
{
    Tier tier;
    tier.name = name;
    tier.domains = {"acme.example"};
    return tier;
}

// Asks, and waits for the end or for the card.
void ask(World& world)
{
    const std::size_t before = world.requests().size();
    world.ask(cast::agent, World::customer_email);
    world.run_until(
        [&] {
            return world.requests().size() > before && world.request().state != State::looking_up &&
                (world.request().state != State::pending || world.cards() > 0);
        },
        5min);
    world.run_for(10s);
}

}  // namespace

TEST_CASE("a protected account is refused before anybody is bothered", "[scenario][policy]")
{
    World world{701, [](Config& config) {
                    Tier tier = tier_of_company("board");
                    tier.refuse = true;
                    config.requests.tiers = {tier};
                }};
    ask(world);
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::protected_account);
    CHECK(world.cards() == 0);
    CHECK(has(world.private_line(cast::agent, cast::desk), "protected"));
    CHECK(world.password_changes() == 0);
}

TEST_CASE(
    "without the permission to read the policy no passphrase is made, and it is said what misses", "[scenario][policy]")
{
    World world{761, [](Config& config) {
                    config.auth0.client_id = narrow_client;
                    config.requests.password.format = PasswordFormat::passphrase;
                }};
    ask(world);
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::auth0_options_scope_missing);
    CHECK(has(world.private_line(cast::agent, cast::desk), "lacks the permission in Auth0 to read"));
    CHECK(world.password_changes() == 0);
}

TEST_CASE("a person over the limit is refused with when it ends", "[scenario][policy]")
{
    World world{702, [](Config& config) { config.requests.limits.person = Limit{2, 0}; }};
    world.ask(cast::agent, "nobody1@acme.example");
    world.ask(cast::agent, "nobody2@acme.example");
    const auto third = world.ask(cast::agent, World::customer_email);
    CHECK(has(third.body, "2 requests within an hour"));
    CHECK(has(third.body, "<!date^"));
    CHECK(world.requests().size() == 2);
    world.ask(cast::implementer, World::customer_email);
    CHECK(world.requests().size() == 3);
    world.run_for(61min);
    CHECK_FALSE(has(world.ask(cast::agent, "nobody3@acme.example").body, "Nothing was requested"));
}

TEST_CASE("everybody together has a limit", "[scenario][policy]")
{
    World world{703, [](Config& config) { config.requests.limits.everybody = Limit{1, 0}; }};
    world.ask(cast::agent, "nobody1@acme.example");
    CHECK(has(world.ask(cast::implementer, World::customer_email).body, "All people together"));
    CHECK(world.requests().size() == 1);
}

TEST_CASE("an account has a limit, whoever asks", "[scenario][policy]")
{
    World world{704, [](Config& config) { config.requests.limits.account = Limit{1, 0}; }};
    REQUIRE(world.ask_and_wait());
    world.deny(cast::lead);
    REQUIRE(world.settle());
    world.ask(cast::implementer, World::customer_email);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::limit_account);
    CHECK(has(world.private_line(cast::implementer, cast::desk), "possible from"));
    CHECK(world.cards() == 1);
}

TEST_CASE("a password that Auth0 would refuse is refused before approval, with the rule", "[scenario][policy]")
{
    World world{705};
    standins::auth0::ConnectionSpec strict;
    strict.name = "Strict";
    strict.options = R"({"passwordPolicy":"good","password_complexity_options":{"min_length":40}})";
    world.auth0.add_connection(strict);
    standins::auth0::UserSpec user;
    user.connection = "Strict";
    user.email = "grace@navy.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    world.auth0.add_user(user, to_unix_ms(world.time.now()));
    world.ask(cast::agent, "grace@navy.example");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::policy_refuses);
    CHECK(has(world.private_line(cast::agent, cast::desk), "where 40 are needed"));
    CHECK(world.request().ending_detail.ends_with("."));
    CHECK_FALSE(has(world.private_line(cast::agent, cast::desk), "$Grace"));
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
}

TEST_CASE(
    "where passwords are remembered, the second standard password of an account is refused before approval",
    "[scenario][policy]")
{
    World world{706};
    standins::auth0::ConnectionSpec remembering;
    remembering.name = "Remembering";
    remembering.options = R"({"passwordPolicy":"good","password_history":{"enable":true,"size":5}})";
    world.auth0.add_connection(remembering);
    standins::auth0::UserSpec user;
    user.connection = "Remembering";
    user.email = "grace@navy.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    world.auth0.add_user(user, to_unix_ms(world.time.now()));
    world.ask(cast::agent, "grace@navy.example");
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    REQUIRE(world.request().state == State::changed);
    world.ask(cast::agent, "grace@navy.example");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(has(world.private_line(cast::agent, cast::desk), "was used before"));
    CHECK(world.cards() == 1);
}

TEST_CASE("the card says what an approver should look at twice", "[scenario][policy]")
{
    World world{707, [](Config& config) { config.requests.limits.look_twice_from = 3; }};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.settle());
    REQUIRE(world.ask_and_wait());
    CHECK(has(world.card(), "Look twice"));
    CHECK(has(world.card(), "within the last 7 days"));
    world.deny(cast::lead);
    REQUIRE(world.settle());
    REQUIRE(world.ask_and_wait());
    CHECK(has(world.card(), "Request number 3 of this person within 24 hours"));
}

TEST_CASE("requests of one burst do not slip past a limit that each of them saw free", "[scenario][policy]")
{
    World world{708, [](Config& config) { config.requests.limits.person = Limit{3, 0}; }};
    for (int i = 0; i < 12; ++i) world.ask(cast::agent, "nobody" + std::to_string(i) + "@acme.example");
    world.run_for(1min);
    CHECK(world.requests().size() == 3);
}
