#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::slack::Message;
using standins::slack::Place;

// A card that somebody deleted while it was needed, and what hangs below it.
namespace {

void remind_soon(Config& config) { config.requests.approval.remind_after = 30min; }
void pass_on_soon(Config& config) { config.requests.approval.escalate_after = 1h; }

// Everything in the approvals channel that is in no thread.
std::vector<Message> in_channel(World& world)
{
    auto all = world.slack.messages(cast::approvals);
    std::erase_if(all, [](const Message& message) { return !message.thread_ts.empty(); });
    return all;
}

void delete_card(World& world)
{
    delete_message(world, in_channel(world).back());
    REQUIRE(world.cards() == 0);
}

void press_in_home(World& world, const std::string& user, const std::string& action)
{
    world.deliver(world.slack.open_home(user, to_unix_ms(world.time.now())));
    world.run_for(3s);
    const auto press = world.slack.click_in_view(user, Place::home, action, to_unix_ms(world.time.now()));
    CHECK(world.deliver(press).status == 200);
}

void check_decidable(World& world)
{
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(has(world.card(), "*Done*"));
    CHECK(world.audit_rows("job_buried") == 0);
    CHECK(broken_promise(world) == "");
}

}  // namespace

TEST_CASE("a reminder of a card that was deleted stands below a new card, which can be decided", "[scenario][gone]")
{
    World world{1500, remind_soon};
    REQUIRE(world.ask_and_wait());
    world.run_for(20min);
    delete_card(world);
    world.run_for(11min);
    CHECK(world.cards() == 1);
    REQUIRE(world.thread().size() == 1);
    CHECK(has(world.thread().front(), "Reminder"));
    CHECK(in_channel(world).size() == 1);
    check_decidable(world);
}

TEST_CASE("that a request is passed on stands below a card that is there", "[scenario][gone]")
{
    World world{1501, pass_on_soon};
    REQUIRE(world.ask_and_wait());
    world.run_for(50min);
    delete_card(world);
    world.run_for(11min);
    CHECK(world.cards() == 1);
    REQUIRE(world.thread().size() == 1);
    CHECK(has(world.thread().front(), "<!subteam^S0MANAGERS>"));
    CHECK(in_channel(world).size() == 1);
}

TEST_CASE("a line whose card is deleted at that moment does not stay in the channel", "[scenario][gone]")
{
    World world{1502, remind_soon};
    REQUIRE(world.ask_and_wait());
    bool deleted = false;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (deleted || !has(request.target, "chat.postMessage") || !has(request.body, "thread_ts")) return;
        deleted = true;
        delete_card(world);
    };
    world.run_for(32min);
    REQUIRE(deleted);
    CHECK(world.cards() == 1);
    REQUIRE(world.thread().size() == 1);
    CHECK(in_channel(world).size() == 1);
    CHECK(calls_of(world, "chat.delete") == 2);  // somebody's, and ours
    check_decidable(world);
}

TEST_CASE("who presses a button of the request in the Home brings its card back", "[scenario][gone][home]")
{
    const bool is_reminder = GENERATE(true, false);
    INFO(is_reminder);
    World world{1503};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    delete_card(world);
    press_in_home(world, is_reminder ? cast::agent : cast::lead, is_reminder ? "request.remind" : "request.details");
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 15s));
    world.run_for(30s);
    CHECK(world.cards() == 1);
    CHECK(world.thread().size() == (is_reminder ? 1 : 0));
    check_decidable(world);
}

TEST_CASE("asked for again too soon, a reminder brings back the card alone", "[scenario][gone][home]")
{
    World world{1504};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    press_in_home(world, cast::agent, "request.remind");
    world.run_for(15s);
    REQUIRE(world.thread().size() == 1);
    delete_card(world);
    world.close_modal(cast::agent);  // the words about the first press
    press_in_home(world, cast::agent, "request.remind");
    world.run_for(15s);
    CHECK(world.cards() == 1);
    CHECK(world.thread().empty());
    CHECK(world.request().reminders == 1);
}

TEST_CASE("an account is not held by a request whose card nobody can see", "[scenario][gone]")
{
    World world{1505};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    delete_card(world);
    world.ask(cast::other_lead, World::customer_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 30s));
    CHECK(world.request().ending == Ending::request_already_open);
    CHECK(has(world.card(), "<@" + cast::agent + ">"));
    world.approve(cast::lead);
    CHECK(world.run_until([&] { return world.customer_has_new_password(); }, 1min));
}

TEST_CASE("details of a card that is there do not draw it again", "[scenario][gone]")
{
    World world{1506};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.press(cast::lead, "request.details");
    world.run_for(10s);
    CHECK(calls_of(world, "chat.update") == 0);
    CHECK(world.cards() == 1);
}

TEST_CASE("the end of a request whose card is gone is posted where it was asked for, once", "[scenario][gone]")
{
    const bool is_cancelled = GENERATE(true, false);
    INFO(is_cancelled);
    World world{1507, [](Config& config) { config.requests.approval.expires_after = 1h; }};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    delete_card(world);
    if (is_cancelled) press_in_home(world, cast::agent, "request.cancel");
    REQUIRE(world.run_until([&] { return !world.request().is_open(); }, 2h));
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.run_for(1min);
    CHECK(world.cards() == 1);
    CHECK(has(world.card(), is_cancelled ? "*Cancelled*" : "*Expired*"));
    CHECK_FALSE(has(world.card(), "request.approve"));
    CHECK_FALSE(has(world.card(), "<!subteam"));
}

TEST_CASE("a card that is deleted after the approval comes again, with the report below it", "[scenario][gone][care]")
{
    World world{1508};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.approve(cast::lead);
    delete_card(world);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.cards() == 1);
    CHECK(has(world.card(), "*Done*"));
    REQUIRE(world.thread().size() == 1);
    CHECK(has(world.thread().front(), "After the change"));
    CHECK(in_channel(world).size() == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a report whose card was deleted is told below the new one", "[scenario][gone][care]")
{
    World world{1509, [](Config& config) { config.requests.after_change.must_change = true; }};
    world.auth0.faults().add("DELETE /api/v2/users/*", {Fault::error_before}, 6);
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.thread().size() == 1; }, 1min));
    CHECK(has(world.thread().front(), "in progress"));
    delete_card(world);
    REQUIRE(world.settle());
    CHECK(world.cards() == 1);
    REQUIRE(world.thread().size() == 1);
    CHECK_FALSE(has(world.thread().front(), "in progress"));
    CHECK(in_channel(world).size() == 1);
}

TEST_CASE("a report that was deleted itself is posted again below its card", "[scenario][gone][care]")
{
    World world{1510, [](Config& config) { config.requests.after_change.must_change = true; }};
    world.auth0.faults().add("DELETE /api/v2/users/*", {Fault::error_before}, 6);
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.thread().size() == 1; }, 1min));
    for (const Message& message : world.slack.messages(cast::approvals))
        if (!message.thread_ts.empty()) delete_message(world, message);
    REQUIRE(world.replies().empty());
    REQUIRE(world.settle());
    CHECK(world.thread().size() == 1);
    CHECK(world.cards() == 1);
}

TEST_CASE("without the right to delete, a stray line stays, and the line is said where it belongs", "[scenario][gone]")
{
    World world{1511, remind_soon};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.delete", {Fault::error_before}, standins::FaultPlan::until_cleared, 1);
    bool deleted = false;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (deleted || !has(request.target, "chat.postMessage") || !has(request.body, "thread_ts")) return;
        deleted = true;
        delete_card(world);
    };
    world.run_for(32min);
    CHECK(world.cards() == 1);
    CHECK(world.thread().size() == 1);
    CHECK(in_channel(world).size() == 2);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("while Slack does not say whether the card is there, nothing is said below it", "[scenario][gone]")
{
    World world{1512, remind_soon};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.update", {Fault::error_before}, standins::FaultPlan::until_cleared);
    world.run_for(35min);
    CHECK(world.replies().empty());
    CHECK(world.request().reminders == 1);
    world.slack.faults().clear();
    world.run_for(6min);
    CHECK(world.thread().size() == 1);
    CHECK(world.cards() == 1);
}

TEST_CASE("a reminder that could not be said before the next one is left out", "[scenario][gone]")
{
    World world{1513, remind_soon};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.update", {Fault::error_before}, standins::FaultPlan::until_cleared);
    world.run_for(100min);  // the second falls due after 90
    CHECK(world.request().reminders == 2);
    CHECK(world.replies().empty());
    world.slack.faults().clear();
    world.run_for(15min);
    CHECK(world.thread().size() == 1);
}
