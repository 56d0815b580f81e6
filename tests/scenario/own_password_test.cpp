// The customer signs in: with the Action that demands a password of their own, and without.
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;
using standins::auth0::Flow;
using standins::auth0::Login;
using standins::auth0::Visit;

namespace {

void demand(Config& config) { config.requests.after_change.must_change = true; }

standins::TimeMs now(World& world) { return to_unix_ms(world.time.now()); }

Visit sign_in(World& world, const std::string& password, Flow flow = Flow::page)
{
    return world.auth0.sign_in(World::customer_email, password, now(world), flow);
}

// Changed, and the window with the password is open.
std::string read_out(World& world)
{
    if (!reset_and_wait(world)) return {};
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(10s);
    const auto secrets = shown_secrets(world, cast::agent);
    return secrets.empty() ? std::string{} : secrets.front();
}

}  // namespace

TEST_CASE("by default the password that was read out opens the account, and the agent says so", "[scenario][care]")
{
    World world{2'131};
    const std::string password = read_out(world);
    REQUIRE_FALSE(password.empty());
    CHECK(has(world.modal(cast::agent), "Ask them to change it right after they have signed in"));
    CHECK_FALSE(has(world.modal(cast::agent), "of their own"));
    CHECK(sign_in(world, password).outcome == Login::done);
    CHECK(sign_in(world, password, Flow::no_page).outcome == Login::done);
    world.close_modal(cast::agent);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("with the Action it opens the page where another is chosen, until that is done", "[scenario][care]")
{
    World world{2'132, demand};
    const std::string password = read_out(world);
    REQUIRE_FALSE(password.empty());
    CHECK(has(world.modal(cast::agent), "asked to choose a password of their own"));
    CHECK(sign_in(world, password, Flow::no_page).outcome == Login::denied);

    const Visit first = sign_in(world, password);
    CHECK(first.outcome == Login::must_change_password);
    CHECK(world.auth0.resume(first.state, now(world)).outcome == Login::denied);
    // The page is closed, the link is over: once more, as often as it takes.
    world.run_for(10min);
    const Visit second = sign_in(world, password);
    CHECK_FALSE(world.auth0.redeem_ticket(first.page, "Chosen-by-Ada-77", now(world)));
    REQUIRE(world.auth0.redeem_ticket(second.page, "Chosen-by-Ada-77", now(world)));
    CHECK(world.auth0.resume(second.state, now(world)).outcome == Login::done);
    CHECK(sign_in(world, "Chosen-by-Ada-77", Flow::no_page).outcome == Login::done);
    CHECK(sign_in(world, password).outcome == Login::wrong_password);
    world.close_modal(cast::agent);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a password of one's own that is chosen seconds after the change counts", "[scenario][care]")
{
    World world{2'133, demand};
    const std::string password = read_out(world);
    const Visit visit = sign_in(world, password);
    REQUIRE(world.auth0.redeem_ticket(visit.page, "Chosen-by-Ada-77", now(world)));
    CHECK(world.auth0.resume(visit.state, now(world)).outcome == Login::done);
}

TEST_CASE("while the page cannot be opened the customer is told so, and not let in", "[scenario][care]")
{
    World world{2'134, demand};
    const std::string password = read_out(world);
    world.auth0.faults().add("POST /api/v2/tickets/password-change", PlannedFault{Fault::error_before}, 1);
    const Visit visit = sign_in(world, password);
    CHECK(visit.outcome == Login::denied);
    CHECK(has(visit.words, "Try again"));
    CHECK(sign_in(world, password).outcome == Login::must_change_password);
}
