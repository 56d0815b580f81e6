#include "handlers/actions/handover_presses.hpp"
#include "handlers/rules/handover_transitions.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Of a password that was shown at noon in the window with the number `window`, of as many.
Request shown_request(int window = 1)
{
    Request request = agents_request(State::changed);
    Handover handover;
    handover.state = HandoverState::shown;
    handover.shown_at = noon;
    handover.until = noon + shown_for;
    handover.windows = window;
    handover.window = window;
    handover.times_shown = window;
    request.handover = handover;
    return request;
}

// In the window with this number.
actions::Press spell_press(const std::string& user, int window = 1)
{
    actions::Press press = press_in_home(user, spell_action);
    press.view_id = "V1";
    press.private_metadata = handover_mark(RequestId{"cs-1"}, window);
    return press;
}

actions::Verdict spell(const Scene& scene, const actions::Press& press)
{
    return actions::spell(press, scene.seen, scene.settings);
}

void check_spelled(const actions::Verdict& verdict)
{
    REQUIRE(verdict.transaction);
    CHECK(has(only_row(*verdict.transaction), "password_spelled "));
    CHECK(jobs_text(*verdict.transaction) == "handover_spell");
    CHECK_FALSE(verdict.window);
}

void check_not_spelled(const actions::Verdict& verdict, const std::string& user, const std::string& why)
{
    REQUIRE(verdict.transaction);
    CHECK(only_row(*verdict.transaction) == "spelling_refused " + user + " cs-1 why=" + why);
    CHECK(verdict.transaction->jobs.empty());
    CHECK_FALSE(verdict.transaction->update);
}

actions::Verdict close(const Scene& scene, const std::string& user)
{
    return actions::close_for_good(action_by(user, handover_view), scene.seen, scene.settings);
}

actions::Verdict leave(const Scene& scene, const std::string& user, int window)
{
    return actions::leave(action_by(user, handover_view), window, scene.seen, scene.settings);
}

}  // namespace

TEST_CASE("a password is spelled out in the window that shows it, and that is recorded", "[actions]")
{
    const auto verdict = spell(Scene{shown_request()}, spell_press("U0AGENT"));
    check_spelled(verdict);
    CHECK(only_row(*verdict.transaction) == "password_spelled U0AGENT cs-1");
}

TEST_CASE("nothing is spelled out by a press that is not in the window that shows it", "[actions]")
{
    Scene scene{shown_request(2)};
    check_spelled(spell(scene, spell_press("U0AGENT", 2)));
    check_not_spelled(spell(scene, spell_press("U0AGENT", 1)), "U0AGENT", "view_unknown");
    check_not_spelled(spell(scene, spell_press("U0AGENT", 3)), "U0AGENT", "view_unknown");
    auto press = spell_press("U0AGENT", 2);
    press.view_id.reset();
    check_not_spelled(spell(scene, press), "U0AGENT", "view_unknown");
    scene.seen.request->handover.reset();
    check_not_spelled(spell(scene, spell_press("U0AGENT", 2)), "U0AGENT", "view_unknown");
}

TEST_CASE("while a window is being opened the newest one is spelled out", "[actions]")
{
    Scene scene{shown_request()};
    scene.seen.request->handover->state = HandoverState::reopening;
    scene.seen.request->handover->windows = 2;
    check_spelled(spell(scene, spell_press("U0AGENT", 2)));
    check_not_spelled(spell(scene, spell_press("U0AGENT", 1)), "U0AGENT", "view_unknown");
}

TEST_CASE("nothing is spelled out for anybody but a requester who may ask", "[actions]")
{
    Scene scene{shown_request()};
    check_not_spelled(spell(scene, spell_press("U0IMPL")), "U0IMPL", "not_the_requester");
    auto press = spell_press("U0AGENT");
    press.source.team = SlackTeamId{"T2"};
    check_not_spelled(spell(scene, press), "U0AGENT", "other_workspace");
    scene.know("U0AGENT", member_with("U0AGENT", {}));
    check_not_spelled(spell(scene, spell_press("U0AGENT")), "U0AGENT", "not_a_requester");
    scene.know("U0AGENT", Errc::unavailable);
    check_not_spelled(spell(scene, spell_press("U0AGENT")), "U0AGENT", "rights_unknown");
}

TEST_CASE("nothing is spelled out once it is late, closed, or not shown", "[actions]")
{
    Scene scene{shown_request()};
    scene.seen.now = noon + spelling_shown_for - 1ms;
    check_spelled(spell(scene, spell_press("U0AGENT")));
    SECTION("late") { scene.seen.now = noon + spelling_shown_for; }
    SECTION("closed") { scene.seen.request->handover->is_closed = true; }
    SECTION("not shown")
    {
        scene.seen.request->handover->state = HandoverState::ready;
        scene.seen.request->handover->shown_at.reset();
    }
    SECTION("expired") { scene.seen.request->handover->state = HandoverState::expired; }
    SECTION("destroyed") { scene.seen.request->handover->state = HandoverState::destroyed; }
    check_not_spelled(spell(scene, spell_press("U0AGENT")), "U0AGENT", "closed");
}

TEST_CASE("nothing is spelled out while everything is frozen", "[actions]")
{
    Scene scene{shown_request()};
    scene.freeze("U0LEAD");
    check_not_spelled(spell(scene, spell_press("U0AGENT")), "U0AGENT", "frozen");
}

TEST_CASE("a link has nothing to spell, and an unknown request leaves no trace", "[actions]")
{
    Scene scene{shown_request()};
    scene.seen.request->format = PasswordFormat::link;
    check_not_spelled(spell(scene, spell_press("U0AGENT")), "U0AGENT", "nothing_to_spell");
    CHECK_FALSE(spell(Scene{}, spell_press("U0AGENT")).transaction);
}

TEST_CASE("closing for good destroys the password, and once more does nothing", "[actions]")
{
    Scene scene{shown_request()};
    const auto verdict = close(scene, "U0AGENT");
    REQUIRE(verdict.transaction);
    CHECK(verdict.transaction->credential_step == CredentialStep::destroy);
    CHECK(verdict.transaction->update->handover->is_closed);
    CHECK(
        only_row(*verdict.transaction) ==
        "handover_closed U0AGENT cs-1 what=password requester=U0AGENT opening=1 times_shown=1");
    scene.seen.request->handover->is_closed = true;
    CHECK_FALSE(close(scene, "U0AGENT").transaction);
}

TEST_CASE("a window is closed by its requester alone, of a request that is known and handed over", "[actions]")
{
    Scene scene{shown_request()};
    CHECK_FALSE(close(scene, "U0LEAD").transaction);
    CHECK_FALSE(leave(scene, "U0LEAD", 1).transaction);
    auto there = action_by("U0AGENT", handover_view);
    there.source.team = SlackTeamId{"T2"};
    CHECK_FALSE(actions::close_for_good(there, scene.seen, scene.settings).transaction);
    CHECK_FALSE(actions::leave(there, 1, scene.seen, scene.settings).transaction);
    scene.seen.request->handover.reset();
    CHECK_FALSE(close(scene, "U0AGENT").transaction);
    CHECK_FALSE(leave(scene, "U0AGENT", 1).transaction);
    CHECK_FALSE(close(Scene{}, "U0AGENT").transaction);
    CHECK_FALSE(leave(Scene{}, "U0AGENT", 1).transaction);
}

TEST_CASE("a window that is left is recorded once, and the password stays", "[actions]")
{
    Scene scene{shown_request(2)};
    const auto verdict = leave(scene, "U0AGENT", 2);
    REQUIRE(verdict.transaction);
    CHECK(verdict.transaction->update->handover->left == 2);
    CHECK(verdict.transaction->credential_step == CredentialStep::none);
    CHECK(verdict.transaction->jobs.empty());
    CHECK(
        only_row(*verdict.transaction) ==
        "handover_window_closed U0AGENT cs-1 what=password requester=U0AGENT opening=2");
    CHECK_FALSE(leave(scene, "U0AGENT", 3).transaction);
    scene.seen.request->handover->left = 2;
    CHECK_FALSE(leave(scene, "U0AGENT", 2).transaction);
    CHECK_FALSE(leave(scene, "U0AGENT", 1).transaction);
}
