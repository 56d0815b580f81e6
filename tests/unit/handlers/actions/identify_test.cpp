#include "handlers/actions/identify.hpp"

#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::actions;
using namespace countersign::test;

namespace {

using Words = std::vector<std::string>;

// As send(), by the way that everything takes that arrives.
HandlerResult arrive(Desk& desk, slack::Interaction interaction, const std::string& digest = "body 1")
{
    ReplayMark mark{digest, desk.clock.now() + std::chrono::minutes{10}};
    return run(desk.context, receive(desk.services, std::move(interaction), std::move(mark)));
}

const GoOn* put_off(const HandlerResult& handled) { return handled.then ? std::get_if<GoOn>(&*handled.then) : nullptr; }

}  // namespace

TEST_CASE("somebody who is known is served at once, under the id by which one person is one", "[identify]")
{
    WaitingDesk desk;
    desk.people.members["W0LEAD"] = desk.people.members.at("U0LEAD");
    desk.people.identities["U0LEAD"] = "W0LEAD";
    static_cast<void>(arrive(desk, desk.click("U0LEAD", approve_action, "cs-1")));
    REQUIRE(desk.stored().claims.size() == 1);
    CHECK(desk.stored().claims.front().by == SlackUserId{"W0LEAD"});
    static_cast<void>(arrive(desk, desk.command("U0AGENT", "/password-help", ""), "body 2"));
    CHECK(desk.people.learned == Words{"U0LEAD 0", "U0AGENT 1500"});
}

TEST_CASE("an approval waits for no call, whoever presses: it is stored, and Slack is asked afterwards", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    const auto answer = arrive(desk, desk.click("U0LEAD", approve_action, "cs-1"));
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    CHECK_FALSE(answer.then);
    CHECK(desk.people.learned == Words{"U0LEAD 0"});
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.stored().claims.size() == 1);
    CHECK(only_row(desk.last()) == "approval_claimed U0LEAD cs-1");
    CHECK(rejected(arrive(desk, desk.click("U0LEAD", approve_action, "cs-1"))) == Errc::replayed);
}

TEST_CASE("what opens a window waits for no call before it is answered", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    const std::string action = GENERATE(
        std::string{details_action}, std::string{deny_action}, std::string{complete_action}, std::string{new_action},
        std::string{link_action});
    const auto answer = arrive(desk, desk.click("U0LEAD", action, "cs-1"));
    CHECK(desk.people.learned == Words{"U0LEAD 0"});
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    REQUIRE(put_off(answer));
    CHECK(put_off(answer)->in_window);
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().state == State::pending);
}

TEST_CASE("a command of somebody unknown is answered in time, and gone on with", "[identify]")
{
    Desk desk;
    desk.people.answers = false;
    const auto answer = arrive(desk, desk.command("U0AGENT", "/reset-password", "ada@acme.example"));
    CHECK(has(reply_text(answer), "Slack has not told me yet who you are. I go on as soon as it does."));
    REQUIRE(put_off(answer));
    CHECK_FALSE(put_off(answer)->in_window);
    CHECK(desk.last().audit.empty());
    // Nothing typed: the form is a window.
    const auto form = arrive(desk, desk.command("U0AGENT", "/reset-password", " "), "body 2");
    CHECK(reply_text(form).empty());
    REQUIRE(put_off(form));
    CHECK(put_off(form)->in_window);
}

TEST_CASE("a button of somebody unknown is acknowledged, decides nothing yet, and is gone on with", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    const auto answer = arrive(desk, desk.click("U0AGENT", cancel_action, "cs-1"));
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    REQUIRE(put_off(answer));
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().state == State::pending);
}

TEST_CASE("a copy of what waits is refused like a copy of what is done", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    REQUIRE(put_off(arrive(desk, desk.click("U0AGENT", cancel_action, "cs-1"))));
    CHECK(rejected(arrive(desk, desk.click("U0AGENT", cancel_action, "cs-1"))) == Errc::replayed);
    desk.store.refuses = Errc::unavailable;
    CHECK(rejected(arrive(desk, desk.click("U0AGENT", cancel_action, "cs-1"), "body 2")) == Errc::unavailable);
}

TEST_CASE("what waited is done once its author is known, and told when they never are", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    auto answer = arrive(desk, desk.click("U0AGENT", cancel_action, "cs-1"));
    REQUIRE(put_off(answer));
    SECTION("known")
    {
        desk.people.answers = true;
        run_to_end(desk.context, go_on(desk.services, std::get<GoOn>(std::move(*answer.then))));
        CHECK(desk.stored().state == State::cancelled);
        CHECK(desk.people.learned.back() == "U0AGENT 120000");
    }
    SECTION("never")
    {
        run_to_end(desk.context, go_on(desk.services, std::get<GoOn>(std::move(*answer.then))));
        CHECK(desk.stored().state == State::pending);
        CHECK(has(note_text(desk.last()), "Nothing was done: Slack has not told me who you are"));
    }
    SECTION("too many wait")
    {
        run_to_end(desk.context, turn_down(desk.services, std::get<GoOn>(std::move(*answer.then))));
        CHECK(desk.stored().state == State::pending);
        CHECK(has(note_text(desk.last()), "Nothing was done"));
    }
}

TEST_CASE("a form of somebody unknown keeps what was typed, and can be sent again", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    const auto form = [&desk] {
        auto filled = desk.form("U0LEAD", deny_form, "cs-1");
        filled.values[std::string{views::denial_input}] = "not verified";
        return filled;
    };
    CHECK(has(field_errors(arrive(desk, form())), "reason: Slack has not told me yet who you are."));
    CHECK(desk.store.tried.empty());
    desk.people.answers = true;
    static_cast<void>(arrive(desk, form()));
    CHECK(desk.stored().state == State::denied);
}

TEST_CASE("Slack is not asked about what may not act wherever its author belongs, nor about events", "[identify]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    auto click = desk.click("U0LEAD", approve_action, "cs-1");
    click.source.team = SlackTeamId{"T2"};
    CHECK_FALSE(put_off(arrive(desk, std::move(click))));
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD cs-1 action=request.approve why=other_workspace");
    static_cast<void>(arrive(desk, slack::UrlVerification{"a challenge"}, "body 2"));
    CHECK(desk.people.learned.empty());
}

TEST_CASE("showing a password asks Slack by itself", "[identify]")
{
    Desk desk;
    desk.people.answers = false;
    CHECK_FALSE(put_off(arrive(desk, desk.click("U0AGENT", show_action, "cs-1"))));
    CHECK(desk.people.learned.empty());
}
