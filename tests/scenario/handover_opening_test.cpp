#include "bot/store/connection.hpp"
#include "handlers/requests/jobs.hpp"
#include "tests/scenario/handover_steps.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;

// What becomes of a press, between it and the window: each end is written down with its reason.
namespace {

constexpr const char* by_itself = "countersign";

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
    CHECK(openings_tried(world) == 0);
    check_row(world, "handover_destroyed", by_itself, why);
    CHECK(world.request().handover->state == HandoverState::destroyed);
    CHECK(world.request().handover->is_closed);
    CHECK_FALSE(world.request().handover->shown_at);
    CHECK_FALSE(is_sealed(world));
    CHECK(has(world.dm(cast::agent), "destroyed without being shown"));
    CHECK_FALSE(has(world.dm(cast::agent), "handover.show"));
}

// Pressed, and nothing was shown yet.
void check_given_back(World& world, const std::string& why)
{
    check_row(world, "handover_not_opened", by_itself, why);
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
    world.close_modal(cast::agent);
    world.run_for(10s);
    check_row(world, "password_shown", cast::agent);
    check_row(world, "handover_opened", by_itself);
    check_row(world, "handover_closed", cast::agent);
    // The message says it all.
    CHECK(calls_of(world, "response_url") + calls_of(world, "chat.postEphemeral") == told_before);
}

TEST_CASE("of a link it is written down that it was a link", "[scenario][handover]")
{
    World world{541};
    REQUIRE(carry_out(world, approved(world, "cs-linkwritten1", PasswordFormat::ticket)));
    world.run_for(2s);
    press_and_wait(world);
    world.close_modal(cast::agent);
    for (const char* action : {"password_shown", "handover_opened", "handover_closed"})
        CHECK(detail_of(world, action, "what") == "link");
}

TEST_CASE(
    "a press that is answered within the life of its trigger opens, and a later one does not", "[scenario][handover]")
{
    const int delay = GENERATE(2'600, 3'050);
    INFO(delay);
    World world{542};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("usergroups.list", {Fault::delay, delay});
    press_and_wait(world);
    if (delay < 3'000)
    {
        CHECK(has(world.modal(cast::agent), World::customer_password));
        return;
    }
    CHECK(openings_tried(world) == 0);
    CHECK(has(note_of(world, cast::agent), "Press the button again"));
    check_given_back(world, "trigger_expired");
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
    world.slack.faults().add("usergroups.list", {Fault::error_before});
    press_and_wait(world);
    CHECK(openings_tried(world) == 0);
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
    CHECK(openings_tried(world) == 0);
    CHECK(detail_of(world, "handover_destroyed", "why") == "replaced");
    CHECK(text_of(rows_of(world, "handover_destroyed").back(), "request") == "cs-firstfirst01");
}

TEST_CASE("a later link replaces no password, nor a later password a link", "[scenario][handover]")
{
    const bool link_first = GENERATE(true, false);
    INFO(link_first);
    World world{546};
    const auto format = [link_first](bool of_first) {
        return link_first == of_first ? PasswordFormat::ticket : PasswordFormat::passphrase;
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
        if (done || !has(request.target, "usergroups.list")) return;
        done = true;
        freeze(world, true);
    };
    press_and_wait(world);
    REQUIRE(done);
    CHECK(openings_tried(world) == 0);
    CHECK(has(note_of(world, cast::agent), "a stolen session"));
    CHECK_FALSE(has(note_of(world, cast::agent), "Press the button again"));
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
    world.slack.faults().add("views.open", {was_shown ? Fault::reset_after : Fault::reset_before});
    press_and_wait(world);
    check_row(world, "handover_answer_lost", by_itself, "connection_lost");
    CHECK(world.audit_rows("handover_opened") == 0);
    CHECK(world.audit_rows("handover_not_opened") == 0);
    CHECK(is_sealed(world));
    world.run_for(5min);
    CHECK_FALSE(is_sealed(world));
    check_row(world, "handover_closed", by_itself, "time");
    CHECK(has(world.dm(cast::agent), "may have been shown"));
    CHECK(has(world.dm(cast::agent), "handover.link"));
}

TEST_CASE("a window that is closed before Slack's answer has come is over", "[scenario][handover]")
{
    World world{551};
    REQUIRE(reset_and_wait(world));
    world.slack.faults().add("views.open", {Fault::delay, 2'500});
    CHECK(world.press_in_dm(cast::agent, "handover.show").status == 200);
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 2s));
    REQUIRE(world.request().handover->state == HandoverState::opening);
    CHECK(world.close_modal(cast::agent).status == 200);
    CHECK(world.request().handover->state == HandoverState::shown);
    CHECK(world.request().handover->is_closed);
    CHECK_FALSE(is_sealed(world));
    world.run_for(10s);
    CHECK(world.audit_rows("handover_opened") == 0);
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(has(world.dm(cast::agent), "was shown to you"));
    world.run_for(10min);
    CHECK(world.audit_rows("handover_closed") == 1);
    CHECK(world.audit_rows("handover_answer_lost") == 0);
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
    check_row(world, "handover_answer_lost", by_itself, "process_died");
    world.deliver(pressed_again(world, first));
    world.run_for(5s);
    CHECK(openings_tried(world) == 1);
    world.run_for(5min);
    CHECK_FALSE(is_sealed(world));
    check_row(world, "handover_closed", by_itself, "time");
}

TEST_CASE("an expiry is written down by itself, without a reason", "[scenario][handover]")
{
    World world{553};
    REQUIRE(reset_and_wait(world));
    world.run_for(16min);
    check_row(world, "handover_expired", by_itself);
    CHECK(openings_tried(world) == 0);
}
