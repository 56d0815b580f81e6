#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

std::size_t count(const std::string& text, const std::string& part)
{
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE(
    "a freeze is told in both channels and on every card that waits, and stops new requests", "[scenario][freeze]")
{
    World world{601};
    REQUIRE(world.ask_and_wait());
    const auto answer = world.freeze(cast::lead, "a caller <!here> imitates customers");
    CHECK(has(answer.body, "*Frozen*"));
    world.run_for(1min);
    CHECK(has(world.audit_message(), "*Frozen* by <@U0LEAD>"));
    CHECK(has(world.approvals(), "freeze.release"));
    CHECK_FALSE(has(world.approvals(), "<!here>"));
    CHECK(has(world.card(), "*Frozen* by <@U0LEAD>"));
    CHECK_FALSE(has(world.card(), "request.approve"));
    CHECK(has(world.card(), "request.deny"));

    const auto refused = world.ask(cast::agent, "grace@acme.example");
    CHECK(has(refused.body, "Nothing was requested."));
    CHECK(has(refused.body, "<@U0LEAD>"));
    CHECK(world.requests().size() == 1);
}

TEST_CASE("the reason of a freeze is shown as it was typed", "[scenario][freeze]")
{
    World world{621};
    const auto answer = world.freeze(cast::lead, "R&D <found> it");
    CHECK(has(answer.body, "R&amp;D &lt;found&gt; it"));
    world.run_for(10s);
    CHECK(has(world.audit_message(), "R&amp;D &lt;found&gt; it"));
    CHECK_FALSE(has(world.audit_message(), "&amp;amp;"));
}

TEST_CASE("a click on an old card approves nothing while everything is frozen", "[scenario][freeze]")
{
    World world{602};
    REQUIRE(world.ask_and_wait());
    const auto click = world.slack.click(
        cast::other_lead, cast::approvals, world.slack.messages(cast::approvals).back().ts, "request.approve",
        to_unix_ms(world.time.now()));
    world.freeze(cast::lead, "incident");
    CHECK(world.deliver(click).status == 200);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "Nothing was approved."));
    CHECK(world.password_changes() == 0);
    world.deny(cast::other_lead);
    CHECK(world.request().state == State::denied);
}

TEST_CASE(
    "what was approved before the freeze is not carried out until two people have released it", "[scenario][freeze]")
{
    World world{603};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add("*", standins::PlannedFault{standins::Fault::error_before, 0, 1}, 3);
    world.approve(cast::lead);
    world.freeze(cast::other_lead, "incident");
    world.run_for(10min);
    CHECK(world.password_changes() == 0);
    CHECK(world.request().is_open());

    // Also across a restart.
    world.crash();
    world.revive();
    world.run_for(1min);
    CHECK(world.password_changes() == 0);

    world.press_in_channel(cast::other_lead, "freeze.release");
    world.run_for(1min);
    CHECK(world.password_changes() == 0);
    world.press_in_channel(cast::other_lead, "freeze.release");
    world.run_for(1min);
    CHECK(world.password_changes() == 0);
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "somebody else has to"));
    world.press_in_channel(cast::lead, "freeze.release");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(has(world.approvals(), "*Released* by"));
    CHECK(has(world.audit_message(), world.request().id.str()));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("cards get their button back when the freeze is released", "[scenario][freeze]")
{
    World world{604};
    REQUIRE(world.ask_and_wait());
    world.freeze(cast::lead, "incident");
    REQUIRE(world.run_until([&] { return has(world.card(), "*Frozen*"); }, 1min));
    REQUIRE(world.run_until([&] { return has(world.approvals(), "freeze.release"); }, 1min));
    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    world.press_in_channel(cast::other_lead, "freeze.release");
    REQUIRE(world.run_until([&] { return has(world.card(), "request.approve"); }, 1min));
    CHECK_FALSE(has(world.card(), "*Frozen*"));
    CHECK(world.run_until([&] { return !has(world.approvals(), "freeze.release"); }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("only approvers freeze and release", "[scenario][freeze]")
{
    World world{605};
    for (const std::string& user : {cast::agent, cast::implementer, cast::auditor, cast::nobody, cast::guest})
    {
        INFO(user);
        const auto answer = world.freeze(user, "because");
        CHECK(has(answer.body, "Nothing was frozen or released."));
    }
    CHECK_FALSE(world.ledger().reads().freeze().freeze);
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    world.press_in_channel(cast::lead, "freeze.release");
    for (const std::string& user : {cast::agent, cast::implementer, cast::auditor, cast::nobody, cast::guest})
    {
        INFO(user);
        world.press_in_channel(user, "freeze.release");
        world.run_for(5s);
        CHECK(world.ledger().reads().freeze().freeze);
    }
}

TEST_CASE("a freeze needs a reason, and one that stands is shown and not replaced", "[scenario][freeze]")
{
    World world{606};
    CHECK(has(world.freeze(cast::lead, "  ").body, "Nothing is frozen"));
    CHECK_FALSE(world.ledger().reads().freeze().freeze);
    world.freeze(cast::lead, "first");
    const auto second = world.freeze(cast::other_lead, "second");
    CHECK(has(second.body, "Nothing new was frozen."));
    CHECK(has(second.body, "first"));
    CHECK(world.ledger().reads().freeze().freeze->by == SlackUserId{cast::lead});
    world.run_for(10s);
    CHECK(count(world.approvals(), "*Frozen*") == 2);  // text and block of one announcement
}

TEST_CASE("a button of an earlier freeze releases nothing", "[scenario][freeze]")
{
    World world{607};
    world.freeze(cast::lead, "first");
    REQUIRE(world.run_until([&] { return has(world.approvals(), "freeze.release"); }, 1min));
    const auto old = world.slack.messages(cast::approvals).back().ts;
    const auto late =
        world.slack.click(cast::lead, cast::approvals, old, "freeze.release", to_unix_ms(world.time.now()));
    const auto again =
        world.slack.click(cast::other_lead, cast::approvals, old, "freeze.release", to_unix_ms(world.time.now()));
    world.press_in_channel(cast::lead, "freeze.release");
    world.press_in_channel(cast::other_lead, "freeze.release");
    REQUIRE(world.run_until([&] { return !world.ledger().reads().freeze().freeze; }, 10s));
    CHECK(world.deliver(again).status == 200);
    world.run_for(5s);
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "released already"));
    world.freeze(cast::lead, "second");
    CHECK(world.deliver(late).status == 200);
    world.run_for(5s);
    REQUIRE(world.ledger().reads().freeze().freeze);
    CHECK(world.ledger().reads().freeze().freeze->releases.empty());
    CHECK(has(world.private_line(cast::lead, cast::approvals), "earlier freeze"));
}
