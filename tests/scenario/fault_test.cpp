#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;

namespace {

constexpr const char* patch_user = "PATCH /api/v2/users/*";
constexpr const char* read_user = "GET /api/v2/users/*";

// Asks, approves and waits for the end.
void play(World& world)
{
    if (!world.ask_and_wait()) return;
    world.approve(cast::lead);
    static_cast<void>(world.settle());
}

}  // namespace

TEST_CASE("a fault on the way to Auth0 never makes the status untrue", "[scenario]")
{
    const auto fault = GENERATE(
        Fault::rate_limit, Fault::error_before, Fault::error_after, Fault::reset_before, Fault::reset_after,
        Fault::garbage, Fault::truncate);
    const auto call =
        GENERATE("POST /oauth/token", "GET /api/v2/users-by-email", "GET /api/v2/users", read_user, patch_user);
    INFO(call << " fault " << static_cast<int>(fault));
    World world{100};
    world.auth0.faults().add(call, PlannedFault{fault, 0, 1}, 1);
    play(world);
    CHECK(world.request().state == State::changed);
    CHECK(world.customer_has_new_password());
    CHECK(world.cards() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an answer that comes after the deadline is a lost answer, and is settled by reading back", "[scenario]")
{
    World world{101};
    world.auth0.faults().add(patch_user, PlannedFault{Fault::delay, 60'000, 1}, 1);
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.card().find("*Checking*") != std::string::npos; }, 2min));
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("when Auth0 stays away after a lost answer, the outcome is unknown and says so", "[scenario]")
{
    World world{102};
    world.auth0.faults().add(patch_user, PlannedFault{Fault::reset_before, 0, 1}, 1000);
    world.auth0.faults().add(read_user, PlannedFault{Fault::error_before, 0, 1}, 100'000, 1);
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.settle(2h));
    CHECK(world.request().state == State::unknown);
    CHECK(world.dm(cast::agent).find("Do not hand anything over") != std::string::npos);
    CHECK(world.dm(cast::agent).find("*Unknown*") != std::string::npos);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a change by somebody else at the same moment is not taken for ours", "[scenario]")
{
    World world{103};
    world.auth0.faults().add(patch_user, PlannedFault{Fault::reset_before, 0, 1}, 1000);
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::checking; }, 2min));
    world.auth0.set_password(world.customer, "by-the-owner-herself-3", to_unix_ms(world.time.now()));
    REQUIRE(world.settle(2h));
    CHECK(world.request().state == State::unknown);
    CHECK(world.request().ending == Ending::changed_by_someone);
    CHECK(world.auth0.accepts(world.customer, "by-the-owner-herself-3"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an outage of Auth0 between approval and change is waited out", "[scenario]")
{
    World world{104};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add("*", PlannedFault{Fault::error_before, 0, 1}, 30);
    world.approve(cast::lead);
    REQUIRE(world.settle(2h));
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an outage of Auth0 that does not end fails the request, and nothing was changed", "[scenario]")
{
    World world{105};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add("*", PlannedFault{Fault::error_before, 0, 1}, 1'000'000);
    world.approve(cast::lead);
    REQUIRE(world.settle(6h));
    CHECK(world.request().state == State::failed);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a fault on the way to Slack loses no message and doubles none", "[scenario]")
{
    const auto fault = GENERATE(
        Fault::rate_limit, Fault::error_before, Fault::error_after, Fault::reset_before, Fault::reset_after,
        Fault::garbage, Fault::truncate);
    const auto call = GENERATE("chat.postMessage", "chat.update", "conversations.open", "response_url", "users.info");
    const auto spared = GENERATE(0, 1, 2);
    INFO(call << " fault " << static_cast<int>(fault) << " after " << spared);
    World world{200};
    world.slack.faults().add(call, PlannedFault{fault, 0, 1}, 1, spared);
    play(world);
    CHECK(world.request().state == State::changed);
    CHECK(world.cards() == 1);
    CHECK(world.dms(cast::agent) == 1);
    CHECK(world.audit_messages() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an hour without Slack loses nothing", "[scenario]")
{
    World world{201};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    world.slack.faults().add("chat.*", PlannedFault{Fault::error_before, 0, 1}, 40);
    REQUIRE(world.settle(10h));
    CHECK(world.request().state == State::changed);
    CHECK(world.cards() == 1);
    CHECK(world.dms(cast::agent) == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a card that cannot be posted fails its request, tells people, and does not lock the account", "[scenario]")
{
    World world{202};
    world.slack.channel(cast::approvals).refuses_apps = "msg_blocks_too_long";
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.dm(cast::agent).find("could not be posted in the approvals channel") != std::string::npos);
    CHECK(world.audit_messages() == 1);
    world.slack.channel(cast::approvals).refuses_apps.clear();
    REQUIRE(world.ask_and_wait());
    CHECK(world.request().state == State::pending);
}

TEST_CASE("a card that its channel refuses as long as its request can wait does not lock the account", "[scenario]")
{
    World world{208};
    world.slack.channel(cast::approvals).is_archived = true;
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.settle(6h));
    CHECK(world.request().state == State::expired);
    CHECK(world.dm(cast::agent).find("Nobody decided in time") != std::string::npos);
    world.slack.channel(cast::approvals).is_archived = false;
    world.run_for(15min);
    CHECK(world.cards() == 0);
    CHECK(world.audit_rows("job_buried") == 0);
    REQUIRE(world.ask_and_wait());
    CHECK(world.request().state == State::pending);
}

TEST_CASE("a click or a command that cannot be stored is not acknowledged", "[scenario]")
{
    World world{203};
    REQUIRE(world.ask_and_wait());
    world.break_store(true);
    CHECK(world.ask(cast::agent, "other@acme.example").status == 503);
    CHECK(world.approve(cast::lead).status == 503);
    world.break_store(false);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(world.approve(cast::lead).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a process that was down for two days still tells what it had to tell", "[scenario]")
{
    World world{204};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.*", PlannedFault{Fault::error_before, 0, 1}, 20);
    world.slack.faults().add("conversations.*", PlannedFault{Fault::error_before, 0, 1}, 20);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    world.crash();
    world.slack.faults().clear();
    world.run_for(48h);
    world.start();
    REQUIRE(world.settle());
    CHECK(world.dms(cast::agent) == 1);
    CHECK(world.audit_messages() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an approval that could not be carried out for hours has lapsed", "[scenario]")
{
    World world{205};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add("*", PlannedFault{Fault::error_before, 0, 1}, 3);
    world.approve(cast::lead);
    world.run_for(1s);
    world.crash();
    world.run_for(5h);
    world.start();
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::approval_too_old);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("time in which nothing was sent does not count against settling a lost answer", "[scenario]")
{
    World world{206};
    REQUIRE(world.ask_and_wait());
    // Held for ten minutes before the first byte leaves; then the answer to the first real send is lost.
    world.auth0.faults().add(patch_user, PlannedFault{Fault::rate_limit, 0, 60}, 10);
    world.auth0.faults().add(patch_user, PlannedFault{Fault::reset_after, 0, 1}, 1);
    world.approve(cast::lead);
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a block that somebody sets while an answer is lost is not undone by a second send", "[scenario]")
{
    World world{207};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add(patch_user, PlannedFault{Fault::reset_before, 0, 1}, 1);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::checking; }, 2min));
    world.auth0.set_blocked(world.customer, true, to_unix_ms(world.time.now()));
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::unknown);
    CHECK(world.auth0.user_json(world.customer).find("\"blocked\":true") != std::string::npos);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}
