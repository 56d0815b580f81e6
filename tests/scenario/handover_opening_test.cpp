#include "bot/store/database.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

// What becomes of a press, between it and the window: each end is written down with its reason.
namespace {

// The only row of this action: by whom, and what it says.
void check_row(World& world, std::string_view action, const std::string& actor, const std::string& why = {})
{
    INFO(action);
    const auto rows = rows_of(world, action);
    REQUIRE(rows.size() == 1);
    CHECK(text_of(rows.front(), "actor") == actor);
    CHECK(text_of(rows.front(), "request") == world.request().id.str());
    CHECK(detail_of(world, action, "what") == "password");
    CHECK(detail_of(world, action, "requester") == cast::agent);
    CHECK(detail_of(world, action, "why") == why);
    CHECK(rows.front().at("details").as_object().contains("why") == !why.empty());
}

// Pressed, and nothing was shown, for good.
void check_destroyed(World& world, const std::string& why)
{
    CHECK(fillings(world) == 0);
    CHECK(has(world.modal(cast::agent), "Nothing was shown"));
    check_row(world, "handover_destroyed", system_actor, why);
    CHECK(world.request().handover->state == HandoverState::destroyed);
    CHECK(world.request().handover->is_closed);
    CHECK_FALSE(world.request().handover->shown_at);
    CHECK_FALSE(is_sealed(world));
    CHECK(has(world.dm(cast::agent), "destroyed without being shown"));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
    CHECK(has(world.dm(cast::agent), "Ask for a link instead"));
}

// Pressed, and nothing was shown yet.
void check_given_back(World& world, const std::string& why)
{
    check_row(world, "handover_not_opened", system_actor, why);
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK_FALSE(world.request().handover->shown_at);
    CHECK(is_sealed(world));
    CHECK(has(world.dm(cast::agent), "handover.show"));
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    CHECK(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

void press_and_wait(World& world)
{
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    world.run_for(10s);
}

}  // namespace

TEST_CASE("each step of a hand-over is written down: who did it, for whom, and what was shown", "[scenario][handover]")
{
    World world{540};
    REQUIRE(reset_and_wait(world));
    const std::size_t told_before = calls_of(world, "response_url") + calls_of(world, "chat.postEphemeral");
    press_and_wait(world);
    close_for_good(world, cast::agent);
    world.run_for(10s);
    check_row(world, "password_shown", cast::agent);
    check_row(world, "handover_opened", system_actor);
    check_row(world, "handover_closed", cast::agent);
    CHECK(detail_of(world, "handover_opened", "opening") == "1");
    CHECK(detail_of(world, "handover_closed", "times_shown") == "1");
    // The message says it all.
    CHECK(calls_of(world, "response_url") + calls_of(world, "chat.postEphemeral") == told_before);
}

TEST_CASE("of a link it is written down that it was a link", "[scenario][handover]")
{
    World world{541};
    REQUIRE(carry_out(world, approved(world, "cs-linkwritten1", PasswordFormat::link)));
    world.run_for(2s);
    press_and_wait(world);
    CHECK(has(world.modal(cast::agent), "open it again from my message"));
    world.close_modal(cast::agent);
    CHECK(has(world.dm(cast::agent), "Show link again"));
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(wait_for_password(world, cast::agent));
    world.run_for(2s);
    close_for_good(world, cast::agent);
    world.run_for(5s);
    for (const char* action : {"password_shown", "handover_opened", "handover_window_closed", "handover_closed"})
        CHECK(detail_of(world, action, "what") == "link");
    // It goes on working, wherever it was passed on.
    CHECK_FALSE(has(world.dm(cast::agent), "handover.link"));
}

TEST_CASE("a window opens within the life of its trigger, however long the checks take", "[scenario][handover]")
{
    const int delay = GENERATE(2'600, 3'050, 9'000);
    INFO(delay);
    World world{542};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("usergroups.*", {Fault::delay, delay});
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    world.run_for(500ms);
    CHECK(has(world.modal(cast::agent), "Checking"));
    CHECK(shown_secrets(world, cast::agent).empty());
    CHECK(wait_for_password(world, cast::agent, 15s));
    CHECK(openings_tried(world) == 1);
    CHECK(world.audit_rows("handover_not_opened") == 0);
}

TEST_CASE("what is checked too long is not shown, and can be pressed for again", "[scenario][handover]")
{
    World world{554};
    REQUIRE(reset_and_wait(world));
    // Each answer comes, and the last one too late.
    world.slack.faults().add("users.info", {Fault::error_before}, 4);
    world.slack.faults().add("users.info", {Fault::delay, 9'500}, 1);
    world.slack.faults().add("usergroups.*", {Fault::delay, 9'500}, 3);
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    world.run_for(70s);
    CHECK(fillings(world) == 0);
    CHECK(has(world.modal(cast::agent), "Nothing was shown"));
    CHECK(world.request().handover->state == HandoverState::ready);
    world.slack.faults().clear();
    world.press_in_dm(cast::agent, "handover.show");
    CHECK(wait_for_password(world, cast::agent));
}

TEST_CASE("who lost the right at the last moment is shown nothing, and it is written down why", "[scenario][handover]")
{
    World world{543};
    REQUIRE(reset_and_wait(world));
    std::erase(world.slack.group("S0SUPPORT").users, cast::agent);
    press_and_wait(world);
    check_destroyed(world, "not_a_requester");
    CHECK(world.audit_rows("handover_not_opened") == 0);
}

TEST_CASE("when the rights cannot be checked, the press is given back with that reason", "[scenario][handover]")
{
    World world{544};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("usergroups.*", {Fault::error_before}, standins::FaultPlan::until_cleared);
    press_and_wait(world);
    world.run_for(25s);
    CHECK(fillings(world) == 0);
    world.slack.faults().clear();
    check_given_back(world, "rights_unknown");
}

TEST_CASE("a password that a later one has replaced is destroyed when it is pressed for", "[scenario][handover]")
{
    World world{545};
    REQUIRE(carry_out(world, approved(world, "cs-firstfirst01", PasswordFormat::passphrase)));
    const auto first = press_of(world, cast::agent);
    Request second = approved(world, "cs-secondsecond", PasswordFormat::passphrase);
    REQUIRE(carry_out(world, std::move(second)));
    world.deliver(pressed_again(world, first));
    world.run_for(10s);
    CHECK(fillings(world) == 0);
    CHECK(has(world.modal(cast::agent), "a later request has set another password"));
    CHECK(detail_of(world, "handover_destroyed", "why") == "replaced");
    CHECK(text_of(rows_of(world, "handover_destroyed").back(), "request") == "cs-firstfirst01");
}

TEST_CASE("a later link replaces no password, nor a later password a link", "[scenario][handover]")
{
    const bool link_first = GENERATE(true, false);
    INFO(link_first);
    World world{546};
    const auto format = [link_first](bool of_first) {
        return link_first == of_first ? PasswordFormat::link : PasswordFormat::passphrase;
    };
    REQUIRE(carry_out(world, approved(world, "cs-firstfirst01", format(true))));
    const auto first = press_of(world, cast::agent);
    REQUIRE(carry_out(world, approved(world, "cs-secondsecond", format(false))));
    world.deliver(pressed_again(world, first));
    world.run_for(10s);
    CHECK(openings(world) == 1);
    CHECK(world.audit_rows("handover_destroyed") == 0);
}

TEST_CASE("a password that is not there any more, or cannot be read, is not shown", "[scenario][handover]")
{
    const bool is_missing = GENERATE(true, false);
    INFO(is_missing);
    World world{547};
    REQUIRE(reset_and_wait(world));
    auto& ledger = world.ledger().engine().connection();
    if (is_missing)
        ledger.exec("DELETE FROM credential");
    else
        ledger.exec("UPDATE credential SET sealed = substr(sealed, 1, length(sealed) - 2) || '00'");
    press_and_wait(world);
    check_destroyed(world, is_missing ? "credential_missing" : "credential_corrupt");
}

TEST_CASE("a freeze that comes between the press and the window holds the window back", "[scenario][handover]")
{
    World world{548};
    REQUIRE(reset_and_wait(world));
    bool done = false;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (done || !has(request.target, "usergroups.")) return;
        done = true;
        freeze(world, true);
    };
    press_and_wait(world);
    REQUIRE(done);
    CHECK(fillings(world) == 0);
    CHECK(has(world.modal(cast::agent), "a stolen session"));
    CHECK_FALSE(has(world.modal(cast::agent), "Press the button again"));
    freeze(world, false);
    check_given_back(world, "frozen");
}

TEST_CASE("a window that Slack refuses is given back with Slack's reason", "[scenario][handover]")
{
    World world{549};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.open", {Fault::rate_limit});
    press_and_wait(world);
    CHECK(world.modal(cast::agent).empty());
    check_given_back(world, "ratelimited");
}

TEST_CASE("a lost answer is written down as such, and its window ends like any other", "[scenario][handover]")
{
    const bool was_shown = GENERATE(true, false);
    INFO(was_shown);
    World world{550};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.update", {was_shown ? Fault::reset_after : Fault::reset_before}, 6);
    press_and_wait(world);
    world.run_for(40s);
    check_row(world, "handover_answer_lost", system_actor, "connection_lost");
    CHECK(world.audit_rows("handover_opened") == 0);
    CHECK(world.audit_rows("handover_not_opened") == 0);
    CHECK(is_sealed(world));
    world.run_for(5min);
    CHECK_FALSE(is_sealed(world));
    check_row(world, "handover_closed", system_actor, "time");
    CHECK(has(world.dm(cast::agent), "may have been shown"));
    CHECK(has(world.dm(cast::agent), "handover.link"));
    CHECK(shown_secrets(world, cast::agent).empty());
}

TEST_CASE("a window that is closed for good before Slack's answer has come is over", "[scenario][handover]")
{
    World world{551};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.update", {Fault::delay, 2'500});
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 2s));
    REQUIRE(world.request().handover->state == HandoverState::opening);
    CHECK(close_for_good(world, cast::agent).status == 200);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_closed);
    CHECK(world.request().handover->times_shown == 1);
    CHECK_FALSE(is_sealed(world));
    world.run_for(10s);
    CHECK(world.audit_rows("handover_opened") == 0);
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(has(world.dm(cast::agent), "was shown to you"));
    world.run_for(10min);
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(world.audit_rows("handover_answer_lost") == 0);
}

TEST_CASE("whoever closes the window while it checks has lost nothing", "[scenario][handover]")
{
    World world{555};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("usergroups.*", {Fault::delay, 2'500});
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), "Checking"); }, 2s));
    const std::string line_before = note_of(world, cast::agent);
    CHECK(world.close_modal(cast::agent).status == 200);
    world.run_for(10s);
    CHECK(world.modal(cast::agent).empty());
    CHECK(world.audit_rows("handover_window_closed") == 1);
    CHECK(note_of(world, cast::agent) == line_before);
    check_given_back(world, "view_not_open");
}

TEST_CASE("a press whose process died counts as shown a minute and a half later, and says so", "[scenario][handover]")
{
    World world{552};
    REQUIRE(reset_and_wait(world));
    world.run_for(1min);
    const auto first = press_of(world, cast::agent);
    world.die_before_commit(2);
    world.deliver(first);
    world.run_for(5s);
    REQUIRE_FALSE(world.alive());
    world.revive();
    REQUIRE(world.request().handover->state == HandoverState::opening);
    world.run_for(60s);
    CHECK(world.request().handover->state == HandoverState::opening);
    world.run_for(40s);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK_FALSE(world.request().handover->is_certain);
    check_row(world, "handover_answer_lost", system_actor, "process_died");
    // It has the rest of its five minutes.
    const TimePoint until = world.request().handover->until;
    world.deliver(pressed_again(world, first));
    CHECK(wait_for_password(world, cast::agent));
    world.run_for(5s);
    CHECK(world.request().handover->is_certain);
    CHECK(world.request().handover->until == until);
    world.run_for(5min);
    CHECK_FALSE(is_sealed(world));
    check_row(world, "handover_closed", system_actor, "time");
}

TEST_CASE("an expiry is written down by itself, without a reason", "[scenario][handover]")
{
    World world{553};
    REQUIRE(reset_and_wait(world));
    world.run_for(16min);
    check_row(world, "handover_expired", system_actor);
    CHECK(openings_tried(world) == 0);
}
