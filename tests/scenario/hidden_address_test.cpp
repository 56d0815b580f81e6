#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

// Slack does not tell the addresses of profiles: the scope is missing, or the workspace hides them.
namespace {

void let_pass(Config& config) { config.requests.approval.own_account_check = OwnAccountCheck::say; }

// From the first life on, of everybody.
struct Hidden
{
    explicit Hidden(
        std::uint64_t seed, std::function<void(Config&)> adjust = [](Config&) {})
        : world{seed, std::move(adjust), *from_iso8601("2026-11-23T09:00:00.000Z"), [](World& unborn) {
                    unborn.slack.options().scopes.erase("users:read.email");
                }}
    {}

    World world;
};

// Of one person, from now on.
void hide_address(World& world, const std::string& user) { world.slack.user(user).email.clear(); }

void tell_address(World& world, const std::string& user, const std::string& email)
{
    world.slack.user(user).email = email;
}

// Until memory has it, too.
void learn_anew(World& world) { world.run_for(11min); }

}  // namespace

TEST_CASE(
    "without the scope nobody asks, whatever the address, and each way in says what is missing", "[scenario][rights]")
{
    Hidden hidden{1900};
    World& world = hidden.world;
    for (const char* email : {"agent@staff.example", World::customer_email})
        CHECK(has(world.ask(cast::agent, email).body, "users:read.email"));
    for (const std::string& told : try_every_way_in(world, cast::agent))
    {
        INFO(told);
        CHECK(has(told, "Nothing was requested."));
        CHECK(has(told, "users:read.email"));
    }
    world.run_for(1min);
    CHECK(world.requests().empty());
    CHECK(world.cards() == 0);
    CHECK(world.audit_rows("request_not_allowed") >= 3);
    // Who may not ask anyway is told that.
    CHECK(has(world.ask(cast::nobody, World::customer_email).body, "none of the groups"));
}

TEST_CASE("an approver whose address is hidden decides nothing, and somebody else does", "[scenario][rights]")
{
    World world{1901};
    REQUIRE(world.ask_and_wait());
    hide_address(world, cast::lead);
    learn_anew(world);
    world.approve(cast::lead);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "users:read.email"));
    world.press(cast::lead, "request.deny");
    CHECK_FALSE(world.wait_for_modal(cast::lead));
    world.run_for(10s);
    CHECK(world.audit_rows("decision_not_accepted") == 2);

    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an address that is hidden between the approval and the change stops the change", "[scenario][rights]")
{
    World world{1902};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add("*", standins::PlannedFault{standins::Fault::error_before, 0, 1}, 3);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::approved; }, 10s));
    hide_address(world, GENERATE(cast::agent, cast::lead));
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::own_account_unknown);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "a password is not shown to whose address is hidden, and is shown once Slack tells it again", "[scenario][rights]")
{
    World world{1903};
    REQUIRE(reset_and_wait(world));
    hide_address(world, cast::agent);
    world.run_for(4s);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_words(world, cast::agent, "users:read.email"));
    CHECK(shown_secrets(world, cast::agent).empty());
    world.close_modal(cast::agent);

    tell_address(world, cast::agent, "agent@staff.example");
    world.run_for(4s);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(10s);
    CHECK_FALSE(shown_secrets(world, cast::agent).empty());
    world.close_modal(cast::agent);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("where it is let pass, the card says that nobody could compare", "[scenario][rights]")
{
    Hidden hidden{1904, let_pass};
    World& world = hidden.world;
    REQUIRE(world.ask_and_wait());
    CHECK(has(world.card(), "could not be compared"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("where it is let pass, an address that is told still counts", "[scenario][rights]")
{
    World world{1905, let_pass};
    CHECK(has(world.ask(cast::agent, "agent@staff.example").body, "nobody asks for their own account"));
    REQUIRE(world.ask_and_wait());
    CHECK_FALSE(has(world.card(), "could not be compared"));
}

TEST_CASE("an address in a profile that is no plain one cannot be compared either", "[scenario][rights]")
{
    World world{1906};
    tell_address(world, cast::agent, "\xD0\xB0gent@staff.example");
    learn_anew(world);
    CHECK(has(world.ask(cast::agent, World::customer_email).body, "users:read.email"));
    CHECK(world.requests().empty());
}
