#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;
using standins::FaultPlan;

// Messages that must exist once, and must be there in the end.
namespace {

// The token is refused for an hour, and mended.
void mend_after_an_hour(World& world)
{
    world.slack.refuse_token("token_revoked");
    world.run_for(1h);
    world.slack.refuse_token("");
}

}  // namespace

TEST_CASE("a card that somebody deleted is posted anew, once, and can be decided", "[scenario][delivery]")
{
    World world{570};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    delete_message(world, world.slack.messages(cast::approvals).back());
    REQUIRE(world.cards() == 0);
    world.freeze(cast::lead, "incident");
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.run_for(1min);
    CHECK(world.cards() == 1);
    CHECK(has(world.card(), "*Frozen*"));
    CHECK(calls_of(world, "conversations.history") == 0);
    world.deny(cast::lead);
    REQUIRE(world.settle());
    CHECK(has(world.card(), "*Denied*"));
    CHECK(world.cards() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "a deleted message about a password that expired is posted anew, and gives it no more time", "[scenario][delivery]")
{
    World world{571};
    REQUIRE(reset_and_wait(world));
    delete_message(world, world.posted_to(cast::agent).back());
    world.run_for(1s);
    // Its time would begin anew if it could be pressed again.
    REQUIRE(world.dms(cast::agent) == 0);
    const TimePoint until = world.request().handover->until;
    world.run_for(std::chrono::duration_cast<Milliseconds>(until - world.time.now()) + 5s);
    REQUIRE(world.run_until([&] { return world.dms(cast::agent) == 1; }, 1min));
    world.run_for(5s);
    CHECK(has(world.dm(cast::agent), "was not asked for in time"));
    CHECK(world.request().handover->state == HandoverState::expired);
    CHECK(world.request().handover->until == until);
}

TEST_CASE("what must be told waits for a token that is mended", "[scenario][delivery]")
{
    World world{572};
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return world.request().state == State::pending; }, 1min));
    REQUIRE(world.cards() == 0);
    mend_after_an_hour(world);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 15min));

    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    REQUIRE(world.dms(cast::agent) == 0);
    REQUIRE(world.audit_messages() == 0);
    mend_after_an_hour(world);
    CHECK(world.run_until([&] { return world.dms(cast::agent) == 1 && world.audit_messages() == 1; }, 15min));
    CHECK(world.run_until([&] { return has(world.card(), "*Done*"); }, 15min));
    CHECK(world.audit_rows("job_buried") == 0);
    REQUIRE(world.settle(3h));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a direct message that cannot be edited for an hour is edited then", "[scenario][delivery]")
{
    World world{573};
    REQUIRE(reset_and_wait(world));
    world.run_for(14min);
    world.slack.refuse_token("token_revoked");
    world.run_for(1h);
    CHECK(has(world.dm(cast::agent), "handover.show"));
    world.slack.refuse_token("");
    CHECK(world.run_until([&] { return has(world.dm(cast::agent), "was not asked for in time"); }, 15min));
    CHECK(world.dms(cast::agent) == 1);
}

TEST_CASE("a request that ended before it had a card never gets one", "[scenario][delivery]")
{
    World world{574, [](Config& config) { config.requests.approval.expires_after = 10min; }};
    // Definitely not posted: of one that may be there it would have to be looked after.
    world.slack.faults().add("chat.postMessage", {Fault::rate_limit}, FaultPlan::until_cleared);
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return world.request().state == State::expired; }, 30min));
    world.slack.faults().clear();
    world.run_for(30min);
    CHECK(world.cards() == 0);
    CHECK(world.dms(cast::agent) == 1);
    CHECK(world.audit_messages() == 1);
}

TEST_CASE("without the right to look for a lost message it is posted again", "[scenario][delivery]")
{
    const auto fault = GENERATE(Fault::reset_before, Fault::reset_after);
    INFO(static_cast<int>(fault));
    World world{575};
    for (const char* scope : {"groups:history", "channels:history"}) world.slack.options().scopes.erase(scope);
    world.slack.faults().add("chat.postMessage", {fault});
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return world.request().state == State::pending; }, 1min));
    world.run_for(5min);
    CHECK(world.cards() == (fault == Fault::reset_after ? 2 : 1));
    CHECK(world.audit_rows("job_buried") == 0);
    // It is the second that counts.
    world.deny(cast::lead);
    CHECK(world.request().state == State::denied);
}

TEST_CASE(
    "a lost message is looked for from six minutes before it was sent, since clocks may be five apart",
    "[scenario][delivery]")
{
    World world{576};
    TimePoint sent;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (has(request.target, "chat.postMessage") && sent == TimePoint{}) sent = world.time.now();
    };
    world.slack.faults().add("chat.postMessage", {Fault::reset_after});
    REQUIRE(world.ask_and_wait());
    world.run_for(1min);
    std::string looked_from;
    for (const auto& call : world.slack.calls())
        if (call.method == "conversations.history") looked_from = json::serialize(call.args);
    REQUIRE_FALSE(looked_from.empty());
    const auto at = looked_from.find("\"oldest\":\"");
    REQUIRE(at != std::string::npos);
    const long long oldest = std::stoll(looked_from.substr(at + 10));
    const long long of_send = to_unix_ms(sent) / 1000;
    CHECK(oldest >= of_send - 361);
    CHECK(oldest <= of_send - 360);
    CHECK(world.cards() == 1);
}

TEST_CASE("a card that shows how things stand is not drawn again", "[scenario][delivery]")
{
    World world{577};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    const Request request = world.request();
    Transaction change{world.time.now()};
    change.jobs.push_back(request_job(job_kind::card, request.id, change.at));
    REQUIRE(world.ledger().engine().apply({&change, 1}).front().has_value());
    world.run_for(5s);
    CHECK(calls_of(world, "chat.update") == 0);
    world.freeze(cast::lead, "incident");
    world.run_for(5s);
    CHECK(calls_of(world, "chat.update") == 1);
}

TEST_CASE("a requester is told and an outcome announced once it is an outcome, and not before", "[scenario][delivery]")
{
    World world{578};
    REQUIRE(world.ask_and_wait());
    const Request request = world.request();
    Transaction change{world.time.now()};
    change.jobs.push_back(request_job(job_kind::requester_dm, request.id, change.at));
    change.jobs.push_back(request_job(job_kind::announce, request.id, change.at));
    change.jobs.push_back(request_job(job_kind::thread, request.id, change.at));
    REQUIRE(world.ledger().engine().apply({&change, 1}).front().has_value());
    world.run_for(1min);
    CHECK(world.dms(cast::agent) == 0);
    CHECK(world.audit_messages() == 0);
    CHECK(world.replies().empty());
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("an outcome is announced once, however often it is to be", "[scenario][delivery]")
{
    World world{579};
    REQUIRE(world.ask_and_wait());
    world.deny(cast::lead);
    REQUIRE(world.settle());
    REQUIRE(world.audit_messages() == 1);
    Transaction change{world.time.now()};
    change.jobs.push_back(request_job(job_kind::announce, world.request().id, change.at));
    REQUIRE(world.ledger().engine().apply({&change, 1}).front().has_value());
    world.run_for(1min);
    CHECK(world.audit_messages() == 1);
    CHECK(calls_of(world, "chat.update") <= 1);
}

TEST_CASE("the report of the steps after a change waits for its card", "[scenario][delivery]")
{
    World world{580};
    Request request = approved(world, "cs-nocardyet001", PasswordFormat::sop);
    request.state = State::changed;
    request.after_change = {{"revoke_tokens", AfterChange::done}};
    const auto now = world.time.now();
    world.plant(
        request, {request_job(job_kind::thread, request.id, now), request_job(job_kind::card, request.id, now + 1min)});
    world.run_for(50s);
    CHECK(world.replies().empty());
    CHECK(world.audit_rows("job_buried") == 0);
    // It ended without a card, so that there is none to come.
    world.run_for(5min);
    CHECK(world.cards() == 0);
    CHECK(world.replies().empty());
}
