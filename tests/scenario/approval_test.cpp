#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

// Accounts of this company need two approvals.
void needs_two(Config& config)
{
    Tier tier;
    tier.name = "key customers";
    tier.domains = {"acme.example"};
    tier.approvals = 2;
    config.requests.tiers = {tier};
}

void cools_for_an_hour(Config& config)
{
    Tier tier;
    tier.name = "slow";
    tier.domains = {"acme.example"};
    tier.cooling = 1h;
    config.requests.tiers = {tier};
}

// A button with this action and the request's id as its value, wherever it was drawn.
standins::Response press_as(World& world, const std::string& user, const std::string& action)
{
    std::string ts;
    for (const auto& message : world.slack.messages(cast::approvals))
        if (has(json::serialize(message.blocks), "request.details")) ts = message.ts;
    const auto click = world.slack.click(user, cast::approvals, ts, "request.details", to_unix_ms(world.time.now()));
    // Slack's client sends what the button says; the requester's buttons are drawn elsewhere.
    const std::string::size_type at = click.request.body.find("request.details");
    std::string body = click.request.body;
    for (auto found = at; found != std::string::npos; found = body.find("request.details", found + action.size()))
        body.replace(found, std::string{"request.details"}.size(), action);
    const auto forged = world.slack.raw(
        click.kind, click.request.target, "application/x-www-form-urlencoded", body, to_unix_ms(world.time.now()));
    return world.deliver(forged);
}

}  // namespace

TEST_CASE("deny asks why, and the requester is shown the words", "[scenario][approval]")
{
    World world{501};
    REQUIRE(world.ask_and_wait());
    CHECK(world.press(cast::lead, "request.deny").status == 200);
    REQUIRE(world.wait_for_modal(cast::lead));
    CHECK(has(world.modal(cast::lead), "Ada Byron"));
    CHECK(world.request().state == State::pending);
    CHECK(world.submit(cast::lead, {{"reason", "could not <!channel> verify"}}).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::denied);
    CHECK(world.request().denial_reason == "could not <!channel> verify");
    CHECK(has(world.dm(cast::agent), "could not &lt;!channel&gt; verify"));
    CHECK(has(world.card(), "*Denied*"));
    CHECK(world.modal(cast::lead).empty());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a denial of nothing but spaces is asked for again, and decides nothing", "[scenario][approval]")
{
    World world{502};
    REQUIRE(world.ask_and_wait());
    const auto answer = world.deny(cast::lead, "   \u200b ");
    CHECK(has(answer.body, "\"errors\""));
    CHECK(world.request().state == State::pending);
    CHECK(world.submit(cast::lead, {{"reason", "not today"}}).status == 200);
    CHECK(world.request().state == State::denied);
}

TEST_CASE("a request that was decided while the form was open is not denied; the form says so", "[scenario][approval]")
{
    World world{503};
    REQUIRE(world.ask_and_wait());
    world.press(cast::lead, "request.deny");
    REQUIRE(world.wait_for_modal(cast::lead));
    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    const auto answer = world.submit(cast::lead, {{"reason", "too late"}});
    CHECK(has(answer.body, "\"update\""));
    CHECK(has(world.modal(cast::lead), "approved by <@U0LEAD2>"));
    CHECK(world.request().state == State::changed);
    CHECK(world.request().denial_reason.empty());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("two approvals come from two people", "[scenario][approval]")
{
    World world{504, needs_two};
    REQUIRE(world.ask_and_wait());
    CHECK(has(world.card(), "needs 2 approvals"));
    CHECK(has(world.card(), "key customers"));
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return has(world.card(), "needs 1 more"); }, 1min));
    CHECK(world.request().state == State::pending);

    world.approve(cast::lead);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(world.request().approvals.size() == 1);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "approved this request already"));
    CHECK(world.password_changes() == 0);

    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().approvals.size() == 2);
    CHECK(has(world.card(), "<@U0LEAD>"));
    CHECK(has(world.card(), "<@U0LEAD2>"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("neither of two approvals is the requester's", "[scenario][approval]")
{
    World world{505, needs_two};
    world.ask(cast::other_lead, World::customer_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    world.approve(cast::other_lead);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(world.request().approvals.size() == 1);
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "your own request"));
    CHECK(world.password_changes() == 0);
}

TEST_CASE("an approver who lost the right before the change voids both approvals", "[scenario][approval]")
{
    World world{506, needs_two};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    world.run_for(5s);
    world.slack.group("S0LEADS").users = {cast::other_lead};
    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::approver_lost_right);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a cooling delay is waited for, and the card says until when", "[scenario][approval]")
{
    World world{507, cools_for_an_hour};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    world.run_for(59min);
    CHECK(world.request().state == State::approved);
    CHECK(world.password_changes() == 0);
    CHECK(has(world.card(), "nothing is changed before"));
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an approver denies what cools, late as well, and nothing is changed", "[scenario][approval]")
{
    World world{519, [](Config& config) {
                    cools_for_an_hour(config);
                    config.requests.approval.expires_after = 30min;
                }};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    world.run_for(10s);
    CHECK(has(world.private_line(cast::agent, cast::desk), "until then you can cancel it"));
    CHECK(has(world.private_line(cast::agent, cast::desk), "request.cancel"));

    // What is approved is not approved again, and does not expire.
    world.run_for(45min);
    CHECK_FALSE(has(world.card(), "request.approve"));
    press_as(world, cast::other_lead, "request.approve");
    world.run_for(5s);
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "approved by <@U0LEAD>"));
    world.deny(cast::other_lead, "the customer never called");
    world.run_for(5s);
    CHECK(world.request().state == State::denied);
    CHECK(has(world.card(), "by <@U0LEAD2>"));
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::denied);
    CHECK(has(world.dm(cast::agent), "the customer never called"));
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the card of what cools shows a freeze, and its end", "[scenario][approval]")
{
    World world{521, cools_for_an_hour};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    world.run_for(10s);
    world.freeze(cast::other_lead, "looking into something");
    world.run_for(10s);
    CHECK(has(world.card(), "*Frozen* by <@U0LEAD2>"));
    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(5s);
    world.press_in_channel(cast::other_lead, "freeze.release");
    world.run_for(10s);
    CHECK_FALSE(has(world.card(), "*Frozen*"));
    CHECK(world.request().state == State::approved);
}

TEST_CASE("without a cooling delay the approval stands, though a freeze holds the change", "[scenario][approval]")
{
    World world{520};
    REQUIRE(world.ask_and_wait());
    world.press(cast::other_lead, "request.deny");
    REQUIRE(world.wait_for_modal(cast::other_lead));
    world.auth0.faults().add("*", standins::PlannedFault{standins::Fault::error_before, 0, 1}, 3);
    world.approve(cast::lead);
    world.freeze(cast::other_lead, "looking into something");
    world.run_for(5s);
    REQUIRE(world.request().state == State::approved);
    json::object entries;
    entries["reason"] = "too late";
    const auto answer = world.submit(cast::other_lead, entries);
    CHECK(has(answer.body, "approved by <@U0LEAD>"));
    CHECK(world.request().state == State::approved);
    CHECK(world.audit_rows("decision_not_accepted") == 1);
}

TEST_CASE("the requester cancels while it waits, and while it cools; nobody else can", "[scenario][approval]")
{
    const bool after_approval = GENERATE(false, true);
    INFO(after_approval);
    World world{508, cools_for_an_hour};
    REQUIRE(world.ask_and_wait());
    if (after_approval) world.approve(cast::lead);
    world.run_for(10s);

    press_as(world, cast::lead, "request.cancel");
    world.run_for(5s);
    CHECK(world.request().is_open());
    CHECK(has(world.private_line(cast::lead, cast::approvals), "only the person who made the request"));

    press_as(world, cast::agent, "request.cancel");
    world.run_for(5s);
    CHECK(world.request().state == State::cancelled);
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::cancelled);
    CHECK(world.password_changes() == 0);
    CHECK(has(world.card(), "*Cancelled*"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a request that is done cannot be cancelled any more", "[scenario][approval]")
{
    World world{509};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.settle());
    press_as(world, cast::agent, "request.cancel");
    world.run_for(5s);
    CHECK(world.request().state == State::changed);
    CHECK(has(world.private_line(cast::agent, cast::approvals), "Nothing was cancelled"));
}

TEST_CASE(
    "the requester reminds at most every ten minutes, and the thread mentions those who decide, and nobody else",
    "[scenario][approval]")
{
    World world{510};
    REQUIRE(world.ask_and_wait());
    press_as(world, cast::agent, "request.remind");
    REQUIRE(world.run_until([&] { return world.thread().size() == 1; }, 1min));
    CHECK(has(world.thread().front(), "asks for a decision"));
    CHECK(has(world.thread().front(), "<!subteam^S0LEADS>"));
    CHECK_FALSE(has(world.thread().front(), "S0MANAGERS"));
    press_as(world, cast::agent, "request.remind");
    world.run_for(1min);
    CHECK(world.thread().size() == 1);
    CHECK(has(world.private_line(cast::agent, cast::approvals), "less than ten minutes"));
    world.run_for(10min);
    press_as(world, cast::agent, "request.remind");
    world.run_for(1min);
    CHECK(world.thread().size() == 2);
    CHECK(world.request().reminders == 2);
    press_as(world, cast::lead, "request.remind");
    world.run_for(1min);
    CHECK(world.thread().size() == 2);
}

TEST_CASE("reminders come by themselves, later each time, and end with the decision", "[scenario][approval]")
{
    World world{511, [](Config& config) { config.requests.approval.remind_after = 30min; }};
    REQUIRE(world.ask_and_wait());
    world.run_for(31min);
    CHECK(world.thread().size() == 1);
    world.run_for(58min);
    CHECK(world.thread().size() == 1);
    world.run_for(3min);
    CHECK(world.thread().size() == 2);
    world.approve(cast::lead);
    world.run_for(5h);
    CHECK(world.thread().size() <= 3);  // of which one may tell what became of it
    CHECK(world.request().state == State::changed);
}

TEST_CASE(
    "what is not decided in time is passed on: the second group is mentioned once, and may decide",
    "[scenario][approval]")
{
    World world{512, [](Config& config) { config.requests.approval.escalate_after = 1h; }};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::manager);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::manager, cast::approvals), "Nothing was decided"));

    world.run_for(61min);
    REQUIRE(world.request().escalated_at);
    const auto lines = world.thread();
    REQUIRE(lines.size() == 1);
    CHECK(has(lines.front(), "<!subteam^S0MANAGERS>"));
    world.approve(cast::manager);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().decision->by == SlackUserId{cast::manager});
    CHECK(broken_promise(world) == "");
}

TEST_CASE("details are shown to those who decide, review or asked, and to nobody else", "[scenario][approval]")
{
    World world{513};
    REQUIRE(world.ask_and_wait());
    for (const std::string& user : {cast::lead, cast::auditor, cast::agent, cast::manager})
    {
        INFO(user);
        world.press(user, "request.details");
        REQUIRE(world.wait_for_modal(user));
        CHECK(has(world.modal(user), "History"));
        CHECK(has(world.modal(user), World::customer_email) == (user != cast::auditor));
    }
    for (const std::string& user : {cast::nobody, cast::implementer, cast::guest})
    {
        INFO(user);
        world.press(user, "request.details");
        CHECK_FALSE(world.wait_for_modal(user));
    }
    CHECK(world.request().state == State::pending);
}
