#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

Tier careful()
{
    Tier tier;
    tier.name = "key customers";
    tier.domains = {"acme.example"};
    tier.verification_required = true;
    return tier;
}

void needs_verification(Config& config)
{
    config.requests.verification.methods = {
        {"call_back", "Call back to the number on record"}, {"in_person", "In person"}};
    config.requests.tiers = {careful()};
}

void needs_what_is_not_configured(Config& config) { config.requests.tiers = {careful()}; }

// The only account of grace@navy.example is in a connection with these options.
void add_grace(World& world, const std::string& options)
{
    standins::auth0::ConnectionSpec connection;
    connection.name = "Navy";
    connection.options = options;
    world.auth0.add_connection(connection);
    standins::auth0::UserSpec user;
    user.connection = connection.name;
    user.email = "grace@navy.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.password = "before-the-reset-2";
    user.logins_count = 1;
    world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
}

std::string said(World& world) { return world.private_line(cast::agent, cast::desk); }

}  // namespace

TEST_CASE("a tier that needs verification has the requester asked before an approver sees a card", "[scenario][policy]")
{
    World world{720, needs_verification};
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return has(said(world), "request.complete"); }, 1min));
    world.run_for(1min);
    CHECK(world.request().state == State::choosing);
    CHECK(world.cards() == 0);

    const auto lines = world.slack.visible_to(cast::agent, cast::desk);
    world.deliver(
        world.slack.click(cast::agent, cast::desk, lines.back().ts, "request.complete", to_unix_ms(world.time.now())));
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    CHECK(has(world.modal(cast::agent), "How the caller was verified"));
    world.submit(cast::agent, {{"method", "call_back"}, {"note", "rang twice"}});
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(has(world.card(), "Call back to the number on record"));
    CHECK(world.request().verification->note == "rang twice");
    CHECK(has(world.card(), "key customers"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("who does not say how the caller was verified gets no card", "[scenario][policy]")
{
    World world{721, needs_verification};
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    // Slack's client would not let them: the field is not optional.
    const auto honest = world.slack.submit_view(cast::agent, {{"method", "call_back"}}, to_unix_ms(world.time.now()));
    const auto answer = deliver_forged(world, honest, "call_back", "hearsay00");
    CHECK(has(answer.body, "\"method\":"));
    world.run_for(1min);
    CHECK(world.request().state == State::choosing);
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
}

TEST_CASE("a tier that needs verification refuses where no method is configured", "[scenario][policy]")
{
    World world{722, needs_what_is_not_configured};
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::verification_not_configured);
    CHECK(has(said(world), "no method is configured"));
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("that the company's own database keeps the passwords stands on the card", "[scenario][policy]")
{
    World world{723};
    add_grace(world, R"({"passwordPolicy":"good","enabledDatabaseCustomization":true,"import_mode":false})");
    REQUIRE(world.ask_and_wait("grace@navy.example"));
    CHECK(has(world.card(), "its script has to take the change"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a policy that is not known is told to the approver, and Auth0 judges", "[scenario][policy]")
{
    World world{724};
    add_grace(world, R"({"passwordPolicy":"good","password_history":{"enable":"sometimes"}})");
    REQUIRE(world.ask_and_wait("grace@navy.example"));
    CHECK(has(world.card(), "policy could not be checked"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("no passphrase is made for a policy that is not known, and nobody is bothered", "[scenario][policy]")
{
    World world{725, [](Config& config) { config.requests.password.format = PasswordFormat::passphrase; }};
    add_grace(world, R"({"passwordPolicy":"good","password_history":{"enable":"sometimes"}})");
    world.ask(cast::agent, "grace@navy.example");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::policy_unknown);
    CHECK(has(said(world), "no passphrase can be made"));
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "while a policy cannot be asked for nobody is bothered, and the requester is told in the end", "[scenario][policy]")
{
    World world{726};
    add_grace(world, R"({"passwordPolicy":"good"})");
    standins::PlannedFault down;
    down.fault = standins::Fault::error_before;
    world.auth0.faults().add("GET /api/v2/connections*", down, 10'000);
    world.ask(cast::agent, "grace@navy.example");
    REQUIRE(world.settle(2h));
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::auth0_unreachable);
    CHECK(has(said(world), "Auth0"));
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}
