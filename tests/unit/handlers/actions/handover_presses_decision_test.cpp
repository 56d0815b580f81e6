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

// Of a password that was set at noon and may be shown for a quarter of an hour.
Request handed_over(HandoverState state)
{
    Request request = agents_request(State::changed);
    Handover handover;
    handover.state = state;
    handover.until = noon + 15min;
    const bool was_pressed = state != HandoverState::ready;
    handover.windows = was_pressed ? 1 : 0;
    if (was_pressed) handover.shown_at = noon;
    if (state == HandoverState::shown || state == HandoverState::reopening)
    {
        handover.window = 1;
        handover.times_shown = 1;
        handover.until = noon + shown_for;
    }
    if (state == HandoverState::reopening) handover.windows = 2;
    request.handover = handover;
    return request;
}

actions::Verdict show(const Scene& scene, const actions::Press& press)
{
    return actions::hand_over(press, scene.seen, scene.settings);
}

actions::Verdict show(const Scene& scene, const std::string& user)
{
    return show(scene, press_in_dm(user, show_action));
}

void check_not_shown(const Scene& scene, const std::string& user, const std::string& why, const std::string& words)
{
    check_refused(show(scene, user), "handover_refused " + user + " cs-1 why=" + why, words);
}

bool is_opening(const actions::Verdict& verdict)
{
    return verdict.transaction && verdict.transaction->update &&
        rules::is_opening(*verdict.transaction->update->handover) && verdict.window &&
        std::holds_alternative<actions::Handing>(*verdict.window);
}

}  // namespace

TEST_CASE("a press of Show opens the hand-over of its request, unless anything is frozen by then", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    scene.seen.now = noon + 1min;
    const auto verdict = show(scene, "U0AGENT");
    REQUIRE(is_opening(verdict));
    CHECK(verdict.transaction->unless_frozen);
    CHECK(verdict.transaction->update->handover->state == HandoverState::opening);
    CHECK(verdict.transaction->update->handover->shown_at == noon + 1min);
    CHECK(std::get<actions::Handing>(*verdict.window).request == RequestId{"cs-1"});
    CHECK(only_row(*verdict.transaction) == "password_shown U0AGENT cs-1 what=password requester=U0AGENT opening=1");
    CHECK(jobs_text(*verdict.transaction) == "handover_settle+90000");
}

TEST_CASE("what was shown is shown again until its time is over or it is closed", "[actions]")
{
    Scene scene{handed_over(HandoverState::shown)};
    scene.seen.now = noon + shown_for - 1ms;
    CHECK(is_opening(show(scene, "U0AGENT")));
    scene.seen.now = noon + shown_for;
    check_not_shown(scene, "U0AGENT", "not_ready", "Nothing was shown");
    scene.seen.now = noon;
    scene.seen.request->handover->is_closed = true;
    check_not_shown(scene, "U0AGENT", "not_ready", "Nothing was shown");
}

TEST_CASE("a press of Show opens nothing while a window is being opened, or when all is over", "[actions]")
{
    const auto state =
        GENERATE(HandoverState::opening, HandoverState::reopening, HandoverState::expired, HandoverState::destroyed);
    check_not_shown(Scene{handed_over(state)}, "U0AGENT", "not_ready", "Nothing was shown");
}

TEST_CASE("a password is shown until the moment at which it expires", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    scene.seen.now = noon + 15min - 1ms;
    CHECK(is_opening(show(scene, "U0AGENT")));
    scene.seen.now = noon + 15min;
    check_not_shown(scene, "U0AGENT", "expired", "Nothing was shown");
}

TEST_CASE("a password is shown to nobody but who asked, under whatever id of theirs", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    for (const char* user : {"U0LEAD", "U0IMPL", "U0AUDITOR", "U0GUEST"})
        check_not_shown(scene, user, "not_the_requester", "only the person who made the request");
    scene.know_as("U0IMPL", "U0AGENT", member_with("U0IMPL", {Role::implementation}));
    CHECK(is_opening(show(scene, "U0IMPL")));
}

TEST_CASE("a password is not shown to who may not ask for it any more, for certain", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    Member agent = member_with("U0AGENT", {});
    scene.know("U0AGENT", agent);
    check_not_shown(scene, "U0AGENT", "not_a_requester", "Nothing was shown");
    agent.status = MemberStatus::deactivated;
    scene.know("U0AGENT", agent);
    check_not_shown(scene, "U0AGENT", "deactivated", "Nothing was shown");
    agent = member_with("U0AGENT", {Role::support});
    agent.email = Email{"ada@acme.example"};
    scene.know("U0AGENT", agent);
    check_not_shown(scene, "U0AGENT", "own_account", "the account is your own");
}

TEST_CASE("what is not known of who asked is no reason: Slack is asked once the window is open", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    scene.know("U0AGENT", Errc::unavailable);
    CHECK(is_opening(show(scene, "U0AGENT")));
    Member nameless = member_with("U0AGENT", {Role::support});
    nameless.email.reset();
    scene.know("U0AGENT", nameless);
    CHECK(is_opening(show(scene, "U0AGENT")));
}

TEST_CASE("a press of Show counts in the message on file alone", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    auto press_there = press_in_dm("U0AGENT", show_action);
    SECTION("in another channel") { press_there.channel = ChannelId{"D0OTHER"}; }
    SECTION("on another message") { press_there.message = MessageTs{"20.6"}; }
    SECTION("in no channel") { press_there.channel.reset(); }
    SECTION("on no message") { press_there.message.reset(); }
    SECTION("without a message on file") { scene.seen.requester_dm.reset(); }
    SECTION("of a request that has nothing to hand over") { scene.seen.request->handover.reset(); }
    check_refused(
        show(scene, press_there), "handover_refused U0AGENT cs-1 why=message_unknown",
        "this message does not belong to a request that I know");
}

TEST_CASE("a message whose time stamp is not known yet takes the press of Show", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    scene.seen.requester_dm->ts.reset();
    scene.seen.requester_dm->sending_since = noon;
    CHECK(is_opening(show(scene, "U0AGENT")));
    auto elsewhere = press_in_dm("U0AGENT", show_action);
    elsewhere.channel = ChannelId{"D0OTHER"};
    CHECK_FALSE(is_opening(show(scene, elsewhere)));
}

TEST_CASE("where no message could be sent the press of Show counts wherever it was", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    scene.seen.requester_dm->ts.reset();
    scene.seen.requester_dm->drawn_version = 3;
    CHECK(is_opening(show(scene, press_in_home("U0AGENT", show_action))));
    const auto refused = show(scene, press_in_home("U0IMPL", show_action));
    CHECK(only_row(*refused.transaction) == "handover_refused U0IMPL cs-1 why=not_the_requester");
    CHECK(has(window_text(refused), "Not shown"));
}

TEST_CASE("a press of Show for an unknown request, or from another workspace, is refused", "[actions]")
{
    check_refused(show(Scene{}, "U0AGENT"), "handover_refused U0AGENT why=message_unknown", "does not belong");
    auto press_there = press_in_dm("U0AGENT", show_action);
    press_there.source.team = SlackTeamId{"T2"};
    check_refused(
        show(Scene{handed_over(HandoverState::ready)}, press_there),
        "handover_refused U0AGENT cs-1 why=other_workspace", "only the person who made the request");
}

TEST_CASE("nothing is shown while everything is frozen, and it stays to be shown", "[actions]")
{
    Scene scene{handed_over(HandoverState::ready)};
    scene.freeze("U0LEAD");
    check_not_shown(scene, "U0AGENT", "frozen", "Nothing was shown. *Frozen* by <@U0LEAD>");
}
