#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

// What happens by itself while a request waits for a decision, and when it does not.
namespace {

void remind_soon(Config& config) { config.requests.approval.remind_after = 30min; }
void pass_on_soon(Config& config) { config.requests.approval.escalate_after = 1h; }

// One more job of this request, due now.
void add_job(World& world, std::string_view kind, const std::string& payload = {})
{
    Transaction change{world.time.now()};
    NewJob job = request_job(kind, world.request().id, change.at);
    job.payload = payload;
    job.lane += "/test";  // not behind the one that waits
    change.jobs.push_back(std::move(job));
    REQUIRE(world.ledger().engine().apply({&change, 1}).front().has_value());
}

}  // namespace

TEST_CASE(
    "no reminder comes while everything is frozen, and it comes within ten minutes of the end", "[scenario][approval]")
{
    World world{650, remind_soon};
    REQUIRE(world.ask_and_wait());
    world.run_for(25min);
    freeze(world, true);
    world.run_for(30min);
    CHECK(world.thread().empty());
    CHECK(world.request().reminders == 0);
    freeze(world, false);
    world.run_for(10min + 10s);
    CHECK(world.thread().size() == 1);
    CHECK(world.request().reminders == 1);
}

TEST_CASE("a reminder by itself leaves ten minutes after one that was asked for", "[scenario][approval]")
{
    World world{651, remind_soon};
    REQUIRE(world.ask_and_wait());
    world.run_for(25min);
    add_job(world, job_kind::remind, "7");
    world.run_for(10s);
    REQUIRE(world.thread().size() == 1);
    // Half an hour after the card.
    world.run_for(6min);
    CHECK(world.thread().size() == 1);
    world.run_for(10min);
    CHECK(world.thread().size() == 2);
    CHECK(world.request().reminders == 2);
}

TEST_CASE("nobody is reminded of, or passed on, what was decided", "[scenario][approval]")
{
    World world{652};
    REQUIRE(world.ask_and_wait());
    world.deny(cast::lead);
    REQUIRE(world.settle());
    const std::int64_t version = world.request().version;
    const auto kind = GENERATE(as<std::string_view>{}, job_kind::remind, job_kind::escalate, job_kind::begin_change);
    INFO(kind);
    add_job(world, kind);
    add_job(world, job_kind::thread_line, "reminder");
    world.run_for(1min);
    CHECK(world.request().version == version);
    CHECK(world.request().state == State::denied);
    CHECK(world.thread().empty());
    CHECK(world.audit_rows("job_buried") == 0);
    CHECK(world.audit_rows("request_passed_on") == 0);
}

TEST_CASE(
    "a request is passed on once, and that is written down, on the card and in the second group's Home",
    "[scenario][approval]")
{
    World world{653, pass_on_soon};
    world.deliver(world.slack.open_home(cast::manager, to_unix_ms(world.time.now())));
    REQUIRE(world.ask_and_wait());
    world.run_for(61min);
    const auto rows = rows_of(world, "request_passed_on");
    REQUIRE(rows.size() == 1);
    CHECK(text_of(rows.front(), "actor") == "countersign");
    CHECK(text_of(rows.front(), "request") == world.request().id.str());
    const TimePoint at = world.request().escalated_at.value();
    CHECK(has(world.card(), "not decided in time"));
    CHECK(has(boost::json::serialize(world.slack.home(cast::manager).value().content), World::customer_email));

    add_job(world, job_kind::escalate);
    world.run_for(1min);
    CHECK(world.audit_rows("request_passed_on") == 1);
    CHECK(world.request().escalated_at == at);
    CHECK(world.thread().size() == 1);
}

TEST_CASE("a line for a thread that is no line of ours is given up", "[scenario][approval]")
{
    World world{654};
    REQUIRE(world.ask_and_wait());
    add_job(world, job_kind::thread_line, "no such line");
    world.run_for(10s);
    CHECK(detail_of(world, "job_buried", "error") == "payload_corrupt");
    CHECK(world.thread().empty());
}

TEST_CASE("a line waits for the card under which it stands", "[scenario][approval]")
{
    World world{655};
    world.slack.faults().add("chat.postMessage", {Fault::error_before}, standins::FaultPlan::until_cleared);
    world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return world.request().state == State::pending; }, 1min));
    add_job(world, job_kind::thread_line, "reminder");
    world.run_for(1min);
    CHECK(world.audit_rows("job_buried") == 0);
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 5min));
    CHECK(world.run_until([&] { return world.thread().size() == 1; }, 15s));
}

TEST_CASE("a line is said once, however its first sending ended", "[scenario][approval]")
{
    const auto fault = GENERATE(
        Fault::rate_limit, Fault::reset_before, Fault::reset_after, Fault::error_before, Fault::error_after,
        Fault::garbage, Fault::truncate);
    const auto line = GENERATE(as<std::string>{}, "reminder", "passed_on");
    INFO(static_cast<int>(fault) << ' ' << line);
    World world{656};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.slack.faults().add("chat.postMessage", {fault});
    add_job(world, job_kind::thread_line, line);
    world.run_for(10min);
    CHECK(world.thread().size() == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("without the right to look for a lost line it is said again", "[scenario][approval]")
{
    World world{660};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    for (const char* scope : {"groups:history", "channels:history"}) world.slack.options().scopes.erase(scope);
    world.slack.faults().add("chat.postMessage", {Fault::reset_after});
    add_job(world, job_kind::thread_line, "reminder");
    world.run_for(10min);
    CHECK(world.thread().size() == 2);
}

TEST_CASE(
    "a lost line that cannot be looked for because the thread is too large is given up in words",
    "[scenario][approval]")
{
    World world{661};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.network.too_large = [](const std::string& call) { return has(call, "conversations.replies"); };
    world.slack.faults().add("chat.postMessage", {Fault::reset_after});
    add_job(world, job_kind::thread_line, "reminder");
    world.run_for(2min);
    CHECK(world.thread().size() == 1);
    CHECK(detail_of(world, "job_buried", "error") == "response_too_large");
    CHECK(has(world.dm(cast::agent), "a line below the card"));
}

TEST_CASE("that a request was passed on is said until it is", "[scenario][approval]")
{
    World world{657, pass_on_soon};
    REQUIRE(world.ask_and_wait());
    world.run_for(59min);
    world.slack.faults().add("chat.postMessage", {Fault::error_before}, 3);
    world.run_for(10min);
    REQUIRE(world.thread().size() == 1);
    CHECK(has(world.thread().front(), "<!subteam^S0MANAGERS>"));
}

TEST_CASE("a line waits for a channel in which nobody can write for a while", "[scenario][approval]")
{
    const auto line = GENERATE(as<std::string>{}, "reminder", "passed_on");
    INFO(line);
    World world{658};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.slack.channel(cast::approvals).is_archived = true;
    add_job(world, job_kind::thread_line, line);
    world.run_for(20min);
    CHECK(world.audit_rows("job_buried") == 0);
    CHECK(world.thread().empty());
    world.slack.channel(cast::approvals).is_archived = false;
    world.run_for(6min);
    CHECK(world.thread().size() == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("what waits for the approvers does not expire with the time that the requester had", "[scenario][approval]")
{
    World world{659};
    REQUIRE(world.ask_and_wait());
    const TimePoint until = world.request().expires_at.value();
    add_job(world, job_kind::expire);
    world.run_for(1min);
    CHECK(world.request().state == State::pending);
    world.run_for(std::chrono::duration_cast<Milliseconds>(until - world.time.now()) - 1s);
    CHECK(world.request().state == State::pending);
    world.run_for(3s);
    CHECK(world.request().state == State::expired);
    const auto rows = rows_of(world, "request_expired");
    REQUIRE(rows.size() == 1);
    CHECK(text_of(rows.front(), "actor") == "countersign");
}
