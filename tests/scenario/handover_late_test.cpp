#include "handlers/rules/handover_transitions.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::FaultPlan;

// Every time of a hand-over ends what it ends by itself, also while the job that tidies up behind it is late.
namespace {

void run_to(World& world, TimePoint at)
{
    world.run_for(std::chrono::duration_cast<Milliseconds>(at - world.time.now()));
}

// A hand-over whose window is open since the time that is given back.
TimePoint open_window(World& world)
{
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return world.request().handover->state == HandoverState::shown; }, 10s));
    REQUIRE(world.request().handover->shown_at);
    return *world.request().handover->shown_at;
}

// Approved while no message can be posted; the time at which it was done.
TimePoint change_untold(World& world)
{
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("chat.postMessage", {Fault::error_before}, FaultPlan::until_cleared);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    return world.request().updated_at;
}

// The same with a link.
TimePoint link_untold(World& world)
{
    world.slack.faults().add("chat.postMessage", {Fault::error_before}, FaultPlan::until_cleared);
    const Request request = approved(world, "cs-latelink0001", PasswordFormat::link);
    const RequestId id = request.id;
    world.plant(request, {request_job(job_kind::change, id, world.time.now())});
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 5min));
    return world.request().updated_at;
}

}  // namespace

TEST_CASE(
    "a press at or after the end of its time shows nothing, although nobody has expired it", "[scenario][handover]")
{
    const Milliseconds late = GENERATE(Milliseconds{0}, Milliseconds{1}, Milliseconds{60'000});
    INFO(late.count());
    World world{490};
    REQUIRE(reset_and_wait(world));
    const TimePoint until = world.request().handover->until;
    hold(world, job_kind::handover_expire, until + 10min);
    run_to(world, until + late);
    REQUIRE(world.request().handover->state == HandoverState::ready);
    REQUIRE(is_sealed(world));
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    world.run_for(10s);
    CHECK(openings_tried(world) == 0);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(detail_of(world, "handover_refused", "why") == "expired");
    CHECK(has(note_of(world, cast::agent), "was not asked for in time"));
    CHECK(world.audit_rows("password_shown") == 0);

    run_to(world, until + 11min);
    CHECK(world.request().handover->state == HandoverState::expired);
    CHECK_FALSE(is_sealed(world));
}

TEST_CASE("a press at the last moment of its time is shown the password", "[scenario][handover]")
{
    World world{491};
    REQUIRE(reset_and_wait(world));
    run_to(world, world.request().handover->until - 1ms);
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
    world.run_for(30s);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(has(world.modal(cast::agent), World::customer_password));
}

TEST_CASE(
    "a press whose opening comes to nothing after its time has expired, and cannot be pressed again",
    "[scenario][handover]")
{
    World world{492};
    REQUIRE(reset_and_wait(world));
    run_to(world, world.request().handover->until - 1s);
    const auto first = press_of(world, cast::agent);
    world.slack.faults().add("usergroups.*", {Fault::error_before}, FaultPlan::until_cleared);
    world.deliver(first);
    world.run_for(40s);
    CHECK(world.request().handover->state == HandoverState::expired);
    CHECK_FALSE(is_sealed(world));
    CHECK(detail_of(world, "handover_expired", "why") == "rights_unknown");
    CHECK(has(world.modal(cast::agent), "was not asked for in time"));
    CHECK(world.audit_rows("handover_not_opened") == 0);
    CHECK_FALSE(has(note_of(world, cast::agent), "Press"));
    CHECK(has(world.dm(cast::agent), "was not asked for in time"));
    world.slack.faults().clear();
    world.deliver(pressed_again(world, first));
    world.run_for(10s);
    CHECK(openings_tried(world) == 1);
    CHECK(fillings(world) == 0);
}

TEST_CASE("nothing is spelled out after its time, although the window was not emptied", "[scenario][handover]")
{
    const bool in_time = GENERATE(true, false);
    INFO(in_time);
    World world{493};
    const TimePoint shown = open_window(world);
    hold(world, job_kind::handover_close, shown + 20min);
    run_to(world, shown + spelling_shown_for - (in_time ? 1ms : 0ms));
    const auto press = world.slack.click_in_view(
        cast::agent, standins::slack::Place::modal, "handover.spell", to_unix_ms(world.time.now()));
    world.deliver(press);
    world.run_for(10s);
    CHECK(world.audit_rows("password_spelled") == (in_time ? 1 : 0));
    CHECK(world.audit_rows("spelling_refused") == (in_time ? 0 : 1));

    run_to(world, shown + 6min);
    world.deliver(pressed_again(world, press));
    world.run_for(10s);
    CHECK(detail_of(world, "spelling_refused", "why") == "closed");
    CHECK(world.audit_rows("password_spelled") == (in_time ? 1 : 0));
}

TEST_CASE("a spelling that was pressed in time and comes late does not fill the window again", "[scenario][handover]")
{
    World world{494};
    const TimePoint shown = open_window(world);
    run_to(world, shown + spelling_shown_for - 2s);
    world.slack.faults().add("views.update", {Fault::error_before}, 2);
    world.press_in_modal(cast::agent, "handover.spell");
    run_to(world, shown + shown_for - 5s);
    CHECK(world.audit_rows("password_spelled") == 1);
    CHECK(shown_secrets(world, cast::agent) == std::vector<std::string>{World::customer_password});
    CHECK(world.audit_rows("job_buried") == 0);
    run_to(world, shown + shown_for + 5s);
    CHECK(shown_secrets(world, cast::agent).empty());
}

TEST_CASE("a window is over five minutes after the press, and the password with it", "[scenario][handover]")
{
    World world{495};
    const TimePoint shown = open_window(world);
    CHECK(world.request().handover->until == shown + 5min);
    run_to(world, shown + 5min - 1ms);
    CHECK(is_sealed(world));
    CHECK(has(world.modal(cast::agent), World::customer_password));
    run_to(world, shown + 5min + 2s);
    CHECK_FALSE(is_sealed(world));
    CHECK_FALSE(has(world.modal(cast::agent), World::customer_password));
    CHECK(detail_of(world, "handover_closed", "why") == "time");
    CHECK(text_of(rows_of(world, "handover_closed").back(), "actor") == "countersign");
}

TEST_CASE(
    "a window that cannot be emptied at once is emptied later, its password gone meanwhile", "[scenario][handover]")
{
    World world{496};
    const TimePoint shown = open_window(world);
    world.slack.faults().add("views.update", {Fault::error_before}, 2);
    run_to(world, shown + 5min + 500ms);
    CHECK_FALSE(is_sealed(world));
    run_to(world, shown + 6min);
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(has(world.modal(cast::agent), "is gone"));
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("what was closed is not emptied again and again, and nobody is told of it", "[scenario][handover]")
{
    const bool for_good = GENERATE(true, false);
    INFO(for_good);
    World world{497};
    open_window(world);
    if (for_good)
        close_for_good(world, cast::agent);
    else
        static_cast<void>(world.slack.close_view(cast::agent, to_unix_ms(world.time.now())));
    CHECK(is_sealed(world) != for_good);
    world.run_for(3h);
    CHECK_FALSE(is_sealed(world));
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(text_of(rows_of(world, "handover_closed").back(), "actor") == (for_good ? cast::agent : "countersign"));
    CHECK(calls_of(world, "views.update") == 2);  // filled, and emptied once
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a spelling for a window that was closed meanwhile is dropped", "[scenario][handover]")
{
    World world{498};
    open_window(world);
    world.slack.faults().add("views.update", {Fault::error_before}, 1);
    world.press_in_modal(cast::agent, "handover.spell");
    static_cast<void>(world.slack.close_view(cast::agent, to_unix_ms(world.time.now())));
    world.run_for(2min);
    CHECK(calls_of(world, "views.update") == 2);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a password waits for its message for two hours, and is destroyed then", "[scenario][handover]")
{
    World world{499};
    const TimePoint done = change_untold(world);
    run_to(world, done + message_arrives_within - 2min);
    CHECK(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::ready);
    run_to(world, done + message_arrives_within + 2min);
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::expired);
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "was not asked for in time"); }, 2h));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
}

TEST_CASE("what the person could be told of expires at the time that they were told", "[scenario][handover]")
{
    World world{500};
    const TimePoint done = change_untold(world);
    run_to(world, done + 13min);
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "handover.show"); }, 30min));
    const TimePoint told = world.time.now();
    world.run_for(1s);
    const TimePoint until = world.request().handover->until;
    CHECK(until >= told + 15min);
    CHECK(until <= told + 15min + 1s);
    run_to(world, until - 1s);
    CHECK(is_sealed(world));
    run_to(world, until + 3s);
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::expired);
}

TEST_CASE("a link does not wait for its message: it dies by itself", "[scenario][handover]")
{
    World world{501};
    const TimePoint done = link_untold(world);
    run_to(world, done + 14min);
    CHECK(is_sealed(world));
    run_to(world, done + 16min);
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::expired);
}

TEST_CASE("a link is offered no longer than it works, however late its message came", "[scenario][handover]")
{
    World world{502, [](Config& config) { config.requests.password.link_life = 20min; }};
    const TimePoint done = link_untold(world);
    run_to(world, done + 6min);
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "handover.show"); }, 8min));
    world.run_for(1s);
    CHECK(world.request().handover->until == done + 20min);
}
