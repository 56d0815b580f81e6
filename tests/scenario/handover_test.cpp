#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

namespace {

standins::slack::Delivery press_on(World& world, const standins::slack::Message& message)
{
    return world.slack.click(cast::agent, message.channel, message.ts, "handover.show", to_unix_ms(world.time.now()));
}

// The same press as if somebody else had made it.
standins::slack::Delivery by(World& world, standins::slack::Delivery press, const std::string& user)
{
    std::string body = press.request.body;
    for (std::size_t at = body.find(cast::agent); at != std::string::npos; at = body.find(cast::agent))
        body.replace(at, cast::agent.size(), user);
    press.request = standins::slack::signed_request(
        world.slack.options(), press.request.target, "application/x-www-form-urlencoded", body,
        to_unix_ms(world.time.now()), standins::slack::Forgery::none);
    return press;
}

}  // namespace

TEST_CASE(
    "a password is shown to the requester, and destroyed when the window is closed for good", "[scenario][handover]")
{
    World world{400};
    REQUIRE(reset_and_wait(world));
    CHECK(has(world.dm(cast::agent), "Show password once"));
    CHECK(has(world.dm(cast::agent), "waits for you until"));
    const auto stale = press_on(world, world.posted_to(cast::agent).back());

    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE(wait_for_password(world, cast::agent));
    CHECK(shown_secrets(world, cast::agent) == std::vector<std::string>{World::customer_password});
    CHECK(world.customer_has_new_password());
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "was shown to you"); }, 30s));
    CHECK(has(world.dm(cast::agent), "Show password again"));
    CHECK(world.dms(cast::agent) == 1);
    CHECK(is_sealed(world));

    CHECK(close_for_good(world, cast::agent).status == 200);
    CHECK(world.modal(cast::agent).empty());
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->is_closed);

    CHECK(world.deliver(stale).status == 200);
    world.run_for(10s);
    CHECK(world.modal(cast::agent).empty());
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
    CHECK(has(world.dm(cast::agent), "and is gone"));
    CHECK(has(note_of(world, cast::agent), "was shown to you"));
    CHECK(world.audit_rows("password_shown") == 1);
    CHECK(world.audit_rows("handover_refused") == 1);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a hundred presses at once show the password in one window", "[scenario][handover]")
{
    World world{401};
    REQUIRE(reset_and_wait(world));
    std::vector<standins::slack::Delivery> presses;
    for (int i = 0; i < 100; ++i) presses.push_back(press_on(world, world.posted_to(cast::agent).back()));
    CHECK(world.deliver_together(presses) == 100);
    world.run_for(20s);
    CHECK(openings_tried(world) == 1);
    CHECK(fillings(world) == 1);
    CHECK(world.audit_rows("password_shown") == 1);
    CHECK(world.audit_rows("handover_refused") == 99);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("nobody else can have the password shown, however they press", "[scenario][handover]")
{
    World world{402};
    REQUIRE(reset_and_wait(world));
    const auto mine = press_on(world, world.posted_to(cast::agent).back());
    for (const std::string& user : {cast::lead, cast::implementer, cast::other_lead, cast::auditor, cast::guest})
    {
        INFO(user);
        CHECK(world.deliver(by(world, mine, user)).status == 200);
        world.run_for(5s);
        CHECK(world.modal(user).empty());
        CHECK(world.request().handover->state == HandoverState::ready);
    }
    CHECK(world.audit_rows("handover_refused") == 5);
    CHECK(world.audit_rows("password_shown") == 0);
    standins::slack::Variant elsewhere;
    elsewhere.team_id = "T0OTHERTEAM";
    const auto message = world.posted_to(cast::agent).back();
    const auto foreign = world.slack.click(
        cast::agent, message.channel, message.ts, "handover.show", to_unix_ms(world.time.now()), elsewhere);
    CHECK(world.deliver(foreign).status == 200);
    world.run_for(5s);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(world.modal(cast::agent).empty());
}

TEST_CASE("a button that is not the one in the message on file shows nothing", "[scenario][handover]")
{
    World world{403};
    REQUIRE(reset_and_wait(world));
    auto press = press_on(world, world.posted_to(cast::agent).back());
    const std::string ts = world.posted_to(cast::agent).back().ts;
    std::string body = press.request.body;
    body.replace(body.find(ts), ts.size(), "1763800000.000001");
    for (std::size_t at = body.find(ts); at != std::string::npos; at = body.find(ts))
        body.replace(at, ts.size(), "1763800000.000001");
    press.request = standins::slack::signed_request(
        world.slack.options(), press.request.target, "application/x-www-form-urlencoded", body,
        to_unix_ms(world.time.now()), standins::slack::Forgery::none);
    CHECK(world.deliver(press).status == 200);
    world.run_for(5s);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(world.modal(cast::agent).empty());
}

TEST_CASE("a password that nobody asks for in time is destroyed, and a late press is told so", "[scenario][handover]")
{
    World world{404};
    REQUIRE(reset_and_wait(world));
    const auto late = world.slack.click(
        cast::agent, world.posted_to(cast::agent).back().channel, world.slack.dms(cast::agent).back().ts,
        "handover.show", to_unix_ms(world.time.now() + 15min));
    world.run_for(14min);
    CHECK(is_sealed(world));
    world.run_for(70s);
    CHECK_FALSE(is_sealed(world));
    CHECK(world.request().handover->state == HandoverState::expired);
    CHECK(has(world.dm(cast::agent), "not asked for in time"));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
    CHECK(world.deliver(late).status == 200);
    world.run_for(5s);
    CHECK(has(note_of(world, cast::agent), "not asked for in time"));
    CHECK(world.modal(cast::agent).empty());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the window empties itself after five minutes", "[scenario][handover]")
{
    World world{405};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(4min + 50s);
    CHECK(has(world.modal(cast::agent), World::customer_password));
    world.run_for(15s);
    CHECK_FALSE(has(world.modal(cast::agent), World::customer_password));
    CHECK(has(world.modal(cast::agent), "is gone"));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
    CHECK_FALSE(is_sealed(world));
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the password is spelled out in its own window, as long as that is open", "[scenario][handover]")
{
    World world{406};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_password(world, cast::agent));
    const auto late = world.slack.click_in_view(
        cast::agent, standins::slack::Place::modal, "handover.spell", to_unix_ms(world.time.now() + 30s));
    CHECK(world.press_in_modal(cast::agent, "handover.spell").status == 200);
    REQUIRE(world.run_until([&] { return shown_secrets(world, cast::agent).size() == 2; }, 10s));
    CHECK(has(shown_secrets(world, cast::agent)[1], "capital A as in Alfa"));
    CHECK(world.slack.modals(cast::agent).size() == 1);
    CHECK(world.audit_rows("password_spelled") == 1);

    world.run_for(30s);
    close_for_good(world, cast::agent);
    CHECK(world.deliver(late).status == 200);
    world.run_for(5s);
    CHECK(world.audit_rows("password_spelled") == 1);
    CHECK(world.audit_rows("spelling_refused") == 1);
    CHECK(world.modal(cast::agent).empty());
}

TEST_CASE("what Slack refuses to open can be pressed again", "[scenario][handover]")
{
    World world{407};
    REQUIRE(reset_and_wait(world));
    standins::PlannedFault refused;
    refused.fault = Fault::rate_limit;
    world.slack.faults().add("views.open", refused);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    CHECK(world.modal(cast::agent).empty());
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(world.audit_rows("handover_not_opened") == 1);
    CHECK(has(note_of(world, cast::agent), "Press the button again"));
    CHECK(has(world.dm(cast::agent), "Show password once"));

    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a password whose way into the window is not known counts as shown, and says so", "[scenario][handover]")
{
    const Fault fault = GENERATE(Fault::reset_after, Fault::reset_before, Fault::error_after);
    World world{408};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.update", {fault}, standins::FaultPlan::until_cleared);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(50s);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK_FALSE(world.request().handover->is_certain);
    CHECK(has(world.dm(cast::agent), "may have been shown"));
    world.slack.faults().clear();

    // It has its time still, and then it is certain.
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_password(world, cast::agent));
    world.run_for(10s);
    CHECK(world.request().handover->is_certain);
    CHECK(has(world.dm(cast::agent), "was shown to you"));
    REQUIRE(world.settle());
    CHECK_FALSE(is_sealed(world));
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "a window whose opening was answered by nobody is filled if it stands there, and given back if not",
    "[scenario][handover]")
{
    const Fault fault = GENERATE(Fault::reset_after, Fault::reset_before, Fault::error_after);
    World world{414};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.open", {fault});
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(10s);
    const bool is_there = fault != Fault::reset_before;
    CHECK(shown_secrets(world, cast::agent).size() == (is_there ? 1 : 0));
    CHECK((world.request().handover->state == (is_there ? HandoverState::shown : HandoverState::ready)));
    CHECK(world.request().handover->is_certain);
    if (is_there) return;
    CHECK(has(note_of(world, cast::agent), "Press the button again"));
    world.press_in_dm(cast::agent, "handover.show");
    CHECK(wait_for_password(world, cast::agent));
}

TEST_CASE(
    "who lost the right after the approval is shown nothing, and the password is destroyed", "[scenario][handover]")
{
    World world{409};
    REQUIRE(reset_and_wait(world));
    std::erase(world.slack.group("S0SUPPORT").users, cast::agent);
    world.press_in_dm(cast::agent, "handover.show");  // what the bot remembers is up to a minute old
    world.run_for(10s);
    CHECK(fillings(world) == 0);
    CHECK(has(world.modal(cast::agent), "not allowed to ask for passwords any more"));
    CHECK(world.request().handover->state == HandoverState::destroyed);
    CHECK_FALSE(is_sealed(world));
    REQUIRE(world.settle());
    CHECK(has(world.dm(cast::agent), "destroyed without being shown"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("when Slack cannot say who may see it, nothing is shown, and it can be pressed again", "[scenario][handover]")
{
    const bool is_limit = GENERATE(true, false);
    INFO(is_limit);
    World world{410};
    REQUIRE(reset_and_wait(world));
    standins::PlannedFault down;
    down.fault = is_limit ? Fault::rate_limit : Fault::error_before;
    down.retry_after_s = 7;
    world.slack.faults().add("usergroups.*", down, standins::FaultPlan::until_cleared);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(1s);
    CHECK(has(world.modal(cast::agent), "Checking"));
    world.run_for(35s);
    CHECK(has(world.modal(cast::agent), "cannot check your rights"));
    CHECK(fillings(world) == 0);
    CHECK(world.request().handover->state == HandoverState::ready);
    world.slack.faults().clear();
    world.run_for(10s);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

TEST_CASE("a passing failure of Slack is waited out before the open window", "[scenario][handover]")
{
    const auto call = GENERATE(as<std::string>{}, "usergroups.*", "users.info", "views.update");
    const Fault fault = GENERATE(Fault::rate_limit, Fault::error_before);
    INFO(call);
    World world{415};
    REQUIRE(reset_and_wait(world));
    standins::PlannedFault down;
    down.fault = fault;
    down.retry_after_s = 5;
    world.slack.faults().add(call, down, 2);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_password(world, cast::agent, 20s));
    world.run_for(5s);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_certain);
    CHECK(world.audit_rows("handover_not_opened") == 0);
}

TEST_CASE("a freeze stops the hand-over, and its end lets it go on", "[scenario][handover]")
{
    World world{411};
    REQUIRE(reset_and_wait(world));
    freeze(world, true);
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(5s);
    CHECK(world.modal(cast::agent).empty());
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(has(note_of(world, cast::agent), "a stolen session"));
    freeze(world, false);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

TEST_CASE("a frozen change waits, and lapses when it waited too long", "[scenario][handover]")
{
    World world{412};
    freeze(world, true);
    CHECK_FALSE(carry_out(world, approved(world, "cs-frozenfrozen", PasswordFormat::sop), 10min));
    CHECK(world.request().state == State::approved);
    CHECK(world.password_changes() == 0);
    freeze(world, false);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 2min));

    World other{413};
    freeze(other, true);
    REQUIRE(carry_out(other, approved(other, "cs-frozenfrozen", PasswordFormat::sop), 3h));
    CHECK(other.request().state == State::failed);
    CHECK(other.request().ending == Ending::frozen_too_long);
    CHECK(other.password_changes() == 0);
}
