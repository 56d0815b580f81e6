#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

// A press of Approve counts by what Slack says after it, and not by what is remembered.
using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;
using standins::FaultPlan;
using standins::PlannedFault;
using standins::slack::Delivery;

namespace {

constexpr Milliseconds shared_no_more{4'000};  // an answer of Slack is shared for three seconds

// A card waits, and nobody shares an answer that is older than what comes now.
void begin(World& world)
{
    REQUIRE(world.ask_and_wait());
    world.run_for(shared_no_more);
}

Delivery press_of_lead(World& world, const std::string& user = cast::lead)
{
    const auto card = world.slack.messages(cast::approvals).back();
    return world.slack.click(user, cast::approvals, card.ts, "request.approve", to_unix_ms(world.time.now()));
}

// Slack cannot be asked, in whichever way.
void lose_slack(World& world, const std::string& method, Fault fault = Fault::error_before)
{
    world.slack.faults().add(method, PlannedFault{fault, 0, 1}, FaultPlan::until_cleared);
}

std::string told(World& world, const std::string& user = cast::lead)
{
    return world.private_line(user, cast::approvals);
}

// The request is as it was before the press, and somebody else decides it.
void check_still_open(World& world)
{
    CHECK(world.request().state == State::pending);
    CHECK(world.request().claims.empty());
    CHECK(world.request().approvals.empty());
    CHECK(world.password_changes() == 0);
    CHECK(has(world.card(), "request.approve"));
    CHECK_FALSE(has(world.card(), "checking with Slack"));
    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().decision->by == SlackUserId{cast::other_lead});
    CHECK(broken_promise(world) == "");
}

void cools_for_an_hour(Config& config)
{
    Tier tier;
    tier.name = "slow";
    tier.domains = {"acme.example"};
    tier.cooling = 1h;
    config.requests.tiers = {tier};
}

}  // namespace

TEST_CASE("a press is acknowledged and shown on the card before Slack has said a word", "[scenario][claims]")
{
    World world{1900};
    begin(world);
    lose_slack(world, "users.info");
    const TimePoint pressed = world.time.now();
    CHECK(world.deliver(press_of_lead(world)).status == 200);
    CHECK(world.time.now() - pressed < 100ms);
    CHECK(world.request().state == State::pending);
    CHECK(world.audit_rows("approval_claimed") == 1);
    REQUIRE(world.run_until([&] { return has(world.card(), "checking with Slack the approval by <@U0LEAD>"); }, 3s));
    world.slack.faults().clear();
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().decision->at == pressed);
    CHECK_FALSE(has(world.card(), "checking with Slack"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("who may not approve any more does not, though nothing is remembered of that yet", "[scenario][claims]")
{
    World world{1901};
    begin(world);
    const Delivery press = press_of_lead(world);  // on its way already
    std::string why = "not_an_approver", said = "Only the approvers user group decides";
    SECTION("taken out of the group") { world.slack.group("S0LEADS").users = {cast::other_lead}; }
    SECTION("a guest by now")
    {
        world.slack.user(cast::lead).standing = standins::slack::Standing::guest;
        why = "guest";
        said = "Guests cannot use Countersign";
    }
    SECTION("deactivated")
    {
        world.slack.user(cast::lead).standing = standins::slack::Standing::deactivated;
        why = "deactivated";
        said = "deactivated";
    }
    world.deliver(press);
    REQUIRE(world.run_until([&] { return world.audit_rows("approval_claim_ended") == 1; }, 5s));
    world.run_for(3s);
    CHECK(detail_of(world, "approval_claim_ended", "why") == why);
    // A person who is deactivated reads nothing.
    if (why != "deactivated") CHECK(has(told(world), said));
    check_still_open(world);
}

TEST_CASE(
    "no card is posted where people of another company read along, and the requester is told", "[scenario][claims]")
{
    World world{1915};
    world.run_for(shared_no_more);
    world.slack.channel(cast::approvals).is_ext_shared = true;
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return !world.requests().empty() && !world.request().is_open(); }, 10s));
    world.run_for(5s);
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::channel_shared);
    CHECK(world.cards() == 0);
    CHECK(has(world.private_line(cast::agent, cast::desk), "shared with people of another company"));
    world.slack.channel(cast::approvals).is_ext_shared = false;
    world.run_for(shared_no_more);
    CHECK(world.ask_and_wait());
}

TEST_CASE("nothing is approved in a channel that was shared, archived or closed to the bot since", "[scenario][claims]")
{
    World world{1902};
    begin(world);
    auto& channel = world.slack.channel(cast::approvals);
    std::string why = "channel_unknown";
    const auto members = channel.members;
    SECTION("shared")
    {
        channel.is_ext_shared = true;
        why = "channel_shared";
    }
    SECTION("about to be shared")
    {
        channel.is_pending_ext_shared = true;
        why = "channel_shared";
    }
    SECTION("not shown to the bot any more") { std::erase(channel.members, world.slack.options().bot_user_id); }
    world.deliver(press_of_lead(world));
    REQUIRE(world.run_until([&] { return world.audit_rows("approval_claim_ended") == 1; }, 5s));
    CHECK(detail_of(world, "approval_claim_ended", "why") == why);
    CHECK(world.request().state == State::pending);
    channel.is_ext_shared = channel.is_pending_ext_shared = false;
    channel.members = members;
    world.run_for(2min);  // until the channel was looked at again, and the card was drawn
    check_still_open(world);
}

TEST_CASE(
    "while Slack cannot be asked nothing is approved; after half a minute that is said, and the press is not used up",
    "[scenario][claims]")
{
    const auto method = GENERATE(as<std::string>{}, "users.info", "usergroups.list", "conversations.info");
    const auto fault = GENERATE(Fault::error_before, Fault::rate_limit, Fault::reset_before);
    INFO(method << " " << static_cast<int>(fault));
    World world{1903};
    begin(world);
    lose_slack(world, method, fault);
    world.deliver(press_of_lead(world));
    world.run_for(29s);
    CHECK(world.request().state == State::pending);
    CHECK(world.request().claims.size() == 1);
    CHECK(world.audit_rows("approval_claim_ended") == 0);
    world.run_for(4s);
    CHECK(world.request().claims.empty());
    CHECK(world.audit_rows("approval_claim_ended") == 1);
    CHECK(
        detail_of(world, "approval_claim_ended", "why") ==
        (method == "conversations.info" ? "channel_unknown" : "rights_unknown"));
    CHECK(has(told(world), "Nothing was approved: Slack did not say in time"));
    world.slack.faults().clear();
    world.run_for(10s);
    check_still_open(world);
}

TEST_CASE(
    "a Slack that hangs is waited for half a minute, and to the end of the call that hangs then", "[scenario][claims]")
{
    World world{1904};
    begin(world);
    world.slack.faults().add("users.info", PlannedFault{Fault::delay, 60'000, 1}, FaultPlan::until_cleared);
    world.deliver(press_of_lead(world));
    world.run_for(29s);
    CHECK(world.request().claims.size() == 1);
    world.run_for(6s);
    CHECK(world.request().claims.empty());
    world.slack.faults().clear();
    world.run_for(10s);
    check_still_open(world);
}

TEST_CASE("a press counts once Slack answers, slowly or at the second try, and once", "[scenario][claims]")
{
    World world{1905};
    begin(world);
    SECTION("slowly") { world.slack.faults().add("users.info", PlannedFault{Fault::delay, 5'000, 1}, 3); }
    SECTION("not at first") { world.slack.faults().add("usergroups.list", PlannedFault{Fault::error_before, 0, 1}, 3); }
    SECTION("when it says so") { world.slack.faults().add("conversations.info", {Fault::rate_limit, 0, 9}, 1); }
    world.deliver(press_of_lead(world));
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.audit_rows("request_approved") == 1);
    CHECK(world.audit_rows("approval_claim_ended") == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("whatever is decided while a press is being checked wins, and who pressed is told", "[scenario][claims]")
{
    World world{1906};
    begin(world);
    const std::string line_before = world.private_line(cast::agent, cast::desk);
    lose_slack(world, "conversations.info");
    world.deliver(press_of_lead(world));
    world.run_for(2s);
    REQUIRE(world.request().claims.size() == 1);
    State state = State::denied;
    std::string said = "already *Denied*, denied by <@U0LEAD2>";
    SECTION("denied") { world.deny(cast::other_lead); }
    SECTION("cancelled")
    {
        std::string ts;
        for (const auto& message : world.slack.visible_to(cast::agent, cast::desk))
            if (has(json::serialize(message.blocks), "request.cancel")) ts = message.ts;
        world.deliver(world.slack.click(cast::agent, cast::desk, ts, "request.cancel", to_unix_ms(world.time.now())));
        state = State::cancelled;
        said = "already *Cancelled*, cancelled by <@U0AGENT>";
    }
    SECTION("frozen")
    {
        world.freeze(cast::other_lead, "incident");
        state = State::pending;
        said = "Nothing was approved. *Frozen* by <@U0LEAD2>";
    }
    CHECK(world.request().state == state);
    world.slack.faults().clear();
    world.run_for(10s);
    CHECK(has(told(world), said));
    CHECK(world.request().state == state);
    CHECK(world.request().claims.empty());
    CHECK(world.audit_rows("approval_claim_ended") == 1);
    CHECK(world.audit_rows("request_approved") == 0);
    CHECK(world.password_changes() == 0);
}

TEST_CASE("a press before the expiry counts after it, and one that does not count lets it expire", "[scenario][claims]")
{
    World world{1907, [](Config& config) { config.requests.approval.expires_after = 10min; }};
    begin(world);
    const TimePoint expiry = *world.request().expires_at;
    world.run_for(expiry - world.time.now() - 1s);
    lose_slack(world, "users.info");
    world.deliver(press_of_lead(world));
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    const bool answers = GENERATE(true, false);
    if (answers) world.slack.faults().clear();
    world.run_for(25s);
    world.slack.faults().clear();
    if (answers) REQUIRE(world.settle());
    CHECK(world.request().state == (answers ? State::changed : State::expired));
    world.run_for(1min);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("of two who press the first decides, and the second is told by whom; two count as two", "[scenario][claims]")
{
    const bool needs_two = GENERATE(false, true);
    World world{1908, [needs_two](Config& config) {
                    Tier tier;
                    tier.name = "key customers";
                    tier.domains = {"acme.example"};
                    if (needs_two) tier.approvals = 2;
                    config.requests.tiers = {tier};
                }};
    begin(world);
    const std::vector<Delivery> presses{press_of_lead(world, cast::other_lead), press_of_lead(world)};
    CHECK(world.deliver_together(presses) == 2);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().approvals.size() == (needs_two ? 2U : 1U));
    CHECK(world.audit_rows("approval_claimed") + world.audit_rows("decision_not_accepted") == 2);
    if (!needs_two)
    {
        const std::string first = world.request().decision->by.str();
        CHECK(has(told(world, first == cast::lead ? cast::other_lead : cast::lead), "approved by <@" + first + ">"));
    }
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a hundred approvals at once stay within Slack's limits, and all of them count", "[scenario][claims]")
{
    constexpr int requests = 100;
    World world{1909};
    for (int i = 0; i < requests; ++i)
    {
        const std::string number = std::to_string(100 + i);
        Request request = approved_creation(world, "cs-storm" + number + "aaaa", PasswordFormat::sop);
        request.email = Email{"grace" + number + "@acme.example"};
        request.state = State::pending;
        request.approvals.clear();
        request.decision.reset();
        request.expires_at = world.time.now() + 4h;
        world.plant(request, {request_job(job_kind::card, request.id, world.time.now())});
    }
    world.run_for(4min);  // Slack takes one message a second; to count them at each turn would take long
    REQUIRE(world.cards() == requests);
    std::vector<Delivery> presses;
    for (const auto& card : world.slack.messages(cast::approvals))
        presses.push_back(
            world.slack.click(cast::lead, cast::approvals, card.ts, "request.approve", to_unix_ms(world.time.now())));
    const std::size_t groups = calls_of(world, "usergroups.list"), people = calls_of(world, "users.info");
    CHECK(world.deliver_together(presses) == requests);
    world.run_for(30s);
    CHECK(world.audit_rows("request_approved") == requests);
    CHECK(calls_of(world, "usergroups.list") - groups <= 20);
    CHECK(calls_of(world, "users.info") - people <= 50);
    CHECK(world.audit_rows("approval_claimed") == requests);
    CHECK(world.audit_rows("approval_claim_ended") == 0);
}

// --- between the approval and the change

TEST_CASE("what was lost after the approval stops the change, and the people read why", "[scenario][claims]")
{
    World world{1910, cools_for_an_hour};
    begin(world);
    world.approve(cast::lead);
    world.run_for(5s);
    REQUIRE(world.request().state == State::approved);
    std::string ending, said;
    SECTION("the approver's right")
    {
        world.slack.group("S0LEADS").users = {cast::other_lead};
        ending = "approver_lost_right";
        said = "no longer allowed to";
    }
    SECTION("a channel that is shared by now")
    {
        world.slack.channel(cast::approvals).is_ext_shared = true;
        ending = "channel_shared";
        said = "shared with people of another company";
    }
    SECTION("a channel that the bot is not shown any more")
    {
        std::erase(world.slack.channel(cast::approvals).members, world.slack.options().bot_user_id);
        ending = "channel_unknown";
        said = "Countersign cannot look at it any more";
    }
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending.name() == ending);
    CHECK(has(world.dm(cast::agent), said));
    CHECK(world.password_changes() == 0);
}

TEST_CASE(
    "while Slack does not say what the channel is an approved change waits, and then it is made", "[scenario][claims]")
{
    World world{1911, cools_for_an_hour};
    begin(world);
    world.approve(cast::lead);
    world.run_for(59min);
    lose_slack(world, "conversations.info");
    world.run_for(3min);
    CHECK(world.request().state == State::approved);
    CHECK(world.password_changes() == 0);
    world.slack.faults().clear();
    REQUIRE(world.settle(3h));
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a change whose answer was lost is not sent again when the channel was shared since", "[scenario][claims]")
{
    World world{1912};
    begin(world);
    world.auth0.faults().add("PATCH /api/v2/users/*", PlannedFault{Fault::reset_before, 0, 1}, 1);
    world.auth0.faults().add("GET /api/v2/users/*", PlannedFault{Fault::error_before, 0, 1}, 2, 1);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::checking; }, 1min));
    world.slack.channel(cast::approvals).is_ext_shared = true;
    world.run_for(15min);
    CHECK(world.password_changes() == 0);
    CHECK_FALSE(world.request().is_open());
    CHECK(world.request().state != State::changed);
}

// --- the process

TEST_CASE("kill -9 while a press is being checked loses it not, and counts it once", "[scenario][claims][crash]")
{
    const bool comes_late = GENERATE(false, true);
    World world{1913};
    begin(world);
    lose_slack(world, "users.info");
    CHECK(world.deliver(press_of_lead(world)).status == 200);
    world.run_for(2s);
    world.crash();
    if (comes_late) world.run_for(5min);
    world.slack.faults().clear();
    world.start();
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.audit_rows("approval_claimed") == 1);
    CHECK(world.audit_rows("request_approved") == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "kill -9 at any commit between a press and its end loses nothing, and says nothing twice",
    "[scenario][claims][crash]")
{
    const bool counts = GENERATE(true, false);
    for (int number = 1; number <= 6; ++number)
    {
        INFO("commit " << number);
        World world{1914};
        begin(world);
        if (!counts) world.slack.group("S0LEADS").users = {cast::other_lead};
        world.die_before_commit(number);
        for (int tries = 0; tries < 3; ++tries)
        {
            const int status = world.deliver(press_of_lead(world)).status;
            world.revive();
            if (status == 200) break;
        }
        for (int lives = 0; lives < 5; ++lives)
        {
            world.run_for(20s);
            if (world.alive()) break;
            world.revive();
        }
        if (!counts)
        {
            CHECK(world.request().state == State::pending);
            CHECK(world.request().claims.empty());
            CHECK(world.audit_rows("approval_claim_ended") == world.audit_rows("approval_claimed"));
            continue;
        }
        REQUIRE(world.settle());
        CHECK(world.request().state == State::changed);
        CHECK(world.audit_rows("approval_claimed") == 1);
        CHECK(world.audit_rows("request_approved") == 1);
        CHECK(broken_promise(world) == "");
    }
}
