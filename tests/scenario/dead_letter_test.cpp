#include "bot/store/database.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

// What the end of a job that was tried for too long means: for its request, and for the people who wait for it.
namespace {

constexpr int more_than_are_tried = 1000;
constexpr const char* id_of_all = "cs-deadletter01";

Request in_state(World& world, State state)
{
    Request request = approved(world, id_of_all, PasswordFormat::sop);
    request.state = state;
    if (state == State::pending)
    {
        request.decision.reset();
        request.approvals.clear();
        request.expires_at = world.time.now() + 4h;
    }
    if (state == State::looking_up)
    {
        request.decision.reset();
        request.approvals.clear();
        request.account.reset();
        request.asked = false;
    }
    if (state == State::executing || state == State::checking)
    {
        request.intent = Intent{world.time.now(), std::nullopt, false, 0, false, std::nullopt};
        request.intent->sends = 1;
    }
    return request;
}

// The job of this request that comes first fails for the last time, by a mistake of ours.
void bury(World& world, const Request& request, std::string_view kind, const std::string& payload = {})
{
    NewJob job = request_job(kind, request.id, world.time.now() + 1s);
    job.payload = payload;
    world.plant(request, {job});
    world.ledger().engine().connection().exec(
        "UPDATE job SET attempts = $1 WHERE kind = $2", more_than_are_tried, kind);
    world.make_mistakes(1);
    REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == 1; }, 1min));
}

void check_row(World& world, std::string_view kind)
{
    const auto rows = rows_of(world, "job_buried");
    REQUIRE(rows.size() == 1);
    CHECK(text_of(rows.front(), "actor") == "countersign");
    CHECK(text_of(rows.front(), "request") == id_of_all);
    CHECK(detail_of(world, "job_buried", "kind") == kind);
    CHECK(detail_of(world, "job_buried", "error") == "internal_error");
}

// How often each of the two was told that something was given up.
struct Told
{
    std::size_t requester = 0;
    std::size_t audit = 0;
};

Told told(World& world)
{
    Told count;
    for (const auto& message : world.posted_to(cast::agent)) count.requester += has(message.text, "*Given up*") ? 1 : 0;
    for (const auto& message : world.slack.messages(cast::audit))
        count.audit += has(message.text, "*Given up*") ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("a job that is given up ends the request for which there was no other way on", "[scenario][burial]")
{
    struct Row
    {
        std::string_view kind;
        State before;
        State after;
        const char* ending;
    };
    const auto row = GENERATE(
        Row{job_kind::look_up, State::looking_up, State::failed, "auth0_unreachable"},
        Row{job_kind::card, State::pending, State::failed, "card_not_posted"},
        Row{job_kind::begin_change, State::approved, State::failed, "auth0_unreachable"},
        Row{job_kind::change, State::approved, State::failed, "auth0_unreachable"},
        Row{job_kind::change, State::checking, State::unknown, "answer_lost"});
    INFO(row.kind << " while " << name_of(row.before));
    World world{560};
    bury(world, in_state(world, row.before), row.kind);
    check_row(world, row.kind);
    CHECK(world.request().state == row.after);
    CHECK(world.request().ending.name() == row.ending);
    world.run_for(1min);
    CHECK(world.request().state == row.after);
    CHECK(told(world).requester + told(world).audit == 0);
    CHECK(has(world.dm(cast::agent), row.after == State::failed ? "*Failed*" : "*Unknown*"));
    CHECK(world.password_changes() == 0);
    // Which is committed with the burial: nobody is left waiting in front of a job that is gone.
    CHECK(world.ledger().next_job_due().value_or(TimePoint::max()) > world.time.now());
}

TEST_CASE("a change that is given up before anything was sent has failed", "[scenario][burial]")
{
    const bool has_intent = GENERATE(true, false);
    INFO(has_intent);
    World world{561};
    Request request = in_state(world, State::executing);
    request.intent->sends = 0;
    if (!has_intent)
    {
        request.intent.reset();
        request.format = PasswordFormat::link;
    }
    bury(world, request, job_kind::change);
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::auth0_unreachable);
}

TEST_CASE("a change that is given up after it was sent is settled, and not called failed", "[scenario][burial]")
{
    World world{562};
    bury(world, in_state(world, State::executing), job_kind::change);
    const auto state = world.request().state;
    CHECK(state == State::checking);
    // Someone goes on with it.
    REQUIRE(world.run_until([&] { return !world.request().is_open(); }, 3h));
    CHECK(world.request().state == State::unknown);
}

TEST_CASE("an outcome that is given up blocks the account again if it was blocked", "[scenario][burial]")
{
    const bool was_blocked = GENERATE(true, false);
    INFO(was_blocked);
    World world{563};
    Request request = in_state(world, State::checking);
    request.intent->blocked_before = was_blocked;
    bury(world, request, job_kind::change);
    CHECK(world.request().state == State::unknown);
    CHECK((world.request().reblock == AfterChange::not_needed) != was_blocked);
}

TEST_CASE("a job that is given up and ends nothing is told to both, and changes nothing", "[scenario][burial]")
{
    const auto kind = GENERATE(as<std::string_view>{}, job_kind::answer, job_kind::expire, job_kind::escalate);
    INFO(kind);
    World world{564};
    bury(world, in_state(world, State::pending), kind);
    check_row(world, kind);
    CHECK(world.request().state == State::pending);
    world.run_for(1min);
    CHECK(world.request().state == State::pending);
    CHECK(told(world).requester == 1);
    CHECK(told(world).audit == 1);
}

TEST_CASE("a job of a state that is over ends nothing", "[scenario][burial]")
{
    const auto kind = GENERATE(as<std::string_view>{}, job_kind::look_up, job_kind::begin_change, job_kind::change);
    INFO(kind);
    World world{565};
    bury(world, in_state(world, State::pending), kind);
    check_row(world, kind);
    CHECK(world.request().state == State::pending);
    CHECK(world.request().ending.is_none());
}

TEST_CASE("a card that cannot be redrawn is told, and does not end its request", "[scenario][burial]")
{
    World world{566};
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.slack.faults().add("chat.update", {standins::Fault::error_before}, standins::FaultPlan::until_cleared);
    world.freeze(cast::lead, "incident");
    world.run_for(2s);
    world.ledger().engine().connection().exec(
        "UPDATE job SET attempts = $1 WHERE kind = 'card' AND state = 'ready'", more_than_are_tried);
    REQUIRE(world.run_until([&] { return world.audit_rows("job_buried") == 1; }, 10min));
    CHECK(detail_of(world, "job_buried", "kind") == "card");
    world.run_for(1min);
    CHECK(world.request().state == State::pending);
    CHECK(told(world).requester == 1);
    CHECK(told(world).audit == 1);
    CHECK(has(world.dm(cast::agent), "the card in the approvals channel"));
}

TEST_CASE("what cannot reach somebody is told to the other one alone", "[scenario][burial]")
{
    const auto kind = GENERATE(as<std::string_view>{}, job_kind::requester_dm, job_kind::announce);
    INFO(kind);
    World world{567};
    Request request = in_state(world, State::approved);
    request.state = State::failed;
    request.ending = Ending::account_gone;
    bury(world, request, kind);
    check_row(world, kind);
    world.run_for(1min);
    CHECK(told(world).requester == (kind == job_kind::announce ? 1 : 0));
    CHECK(told(world).audit == (kind == job_kind::requester_dm ? 1 : 0));
    CHECK(world.request().state == State::failed);
}

TEST_CASE("that something was given up is not told without end", "[scenario][burial]")
{
    World world{568};
    bury(world, in_state(world, State::pending), job_kind::trouble, "requester:card");
    check_row(world, job_kind::trouble);
    world.run_for(1min);
    CHECK(told(world).requester + told(world).audit == 0);
    CHECK(world.audit_rows("job_buried") == 1);
}

TEST_CASE(
    "what is told of a job that was given up goes where it is addressed, and names what failed", "[scenario][burial]")
{
    World world{569};
    const Request request = in_state(world, State::pending);
    NewJob to_requester = request_job(job_kind::trouble, request.id, world.time.now());
    to_requester.payload = "requester:announce";
    NewJob to_audit = to_requester;
    to_audit.lane += "/audit";
    to_audit.payload = "audit:announce";
    world.plant(request, {to_requester, to_audit});
    world.run_for(10s);
    CHECK(told(world).requester == 1);
    CHECK(told(world).audit == 1);
    CHECK(has(world.dm(cast::agent), "the audit message for request"));
    CHECK(has(world.dm(cast::agent), World::customer_email));
    CHECK(has(world.audit_message(), "the audit message for request"));
    CHECK_FALSE(has(world.audit_message(), World::customer_email));
}
