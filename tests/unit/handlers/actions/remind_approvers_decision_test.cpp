#include "handlers/actions/request_presses.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

actions::Verdict remind(const Scene& scene, const actions::Press& press)
{
    return actions::remind(press, scene.seen, scene.settings);
}

actions::Verdict remind(const Scene& scene, const std::string& user)
{
    return remind(scene, press(user, remind_action));
}

void check_not_reminded(
    const Scene& scene, const std::string& user, const std::string& why, const std::string& words,
    const std::string& jobs = {})
{
    const std::string row = "decision_not_accepted " + user + " cs-1 action=request.remind why=" + why;
    check_refused(remind(scene, user), row, words, jobs);
}

}  // namespace

TEST_CASE("a reminder is counted, dated, recorded, and said in the thread", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.now = noon + 5min;
    const auto verdict = remind(scene, "U0AGENT");
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->reminders == 1);
    CHECK(verdict.transaction->update->reminded_at == noon + 5min);
    CHECK(verdict.transaction->update->state == State::pending);
    CHECK(only_row(*verdict.transaction) == "reminder_sent U0AGENT cs-1 number=1");
    CHECK(jobs_text(*verdict.transaction) == "thread_line:asked_for_reminder");
    CHECK(note_text(*verdict.transaction) == "The team leads are reminded in the thread of the card.");
}

TEST_CASE("a reminder within ten minutes of the last is refused, and the card is looked after", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->reminders = 1;
    scene.seen.request->reminded_at = noon;
    scene.seen.now = noon + rules::reminder_pause - Milliseconds{1};
    check_not_reminded(scene, "U0AGENT", "reminded_lately", "Try again from <!date^1795349400^", "card:again");
    scene.seen.now = noon + rules::reminder_pause;
    CHECK(remind(scene, "U0AGENT").transaction->update->reminders == 2);
}

TEST_CASE("nobody is reminded of what does not wait for a decision, and nobody did anything wrong", "[actions]")
{
    const State state = GENERATE(
        State::looking_up, State::choosing, State::approved, State::executing, State::checking, State::changed,
        State::denied, State::cancelled, State::expired, State::refused, State::failed, State::unknown);
    Scene scene{agents_request(state)};
    // Not even where it would be refused otherwise.
    scene.seen.request->reminded_at = noon;
    scene.freeze("U0LEAD");
    const auto verdict = remind(scene, "U0AGENT");
    CHECK(has(note_text(*verdict.transaction), "does not wait for a team lead. It is *"));
    CHECK(jobs_text(*verdict.transaction).empty());
    CHECK(verdict.transaction->audit.empty());
    CHECK_FALSE(verdict.transaction->update);
}

TEST_CASE("a line in which somebody was to be reminded of what is over says how it stands", "[actions]")
{
    Scene scene{agents_request(State::denied)};
    scene.seen.request->reply = ReplyPath{Sealed{"spent"}, noon - 1min, ChannelId{"C0DESK"}};
    const auto verdict = remind(scene, press_in_line("U0AGENT", remind_action));
    CHECK(jobs_text(*verdict.transaction) == "answer");
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->reply->response_url.bytes == "for the line");
    CHECK_FALSE(remind(scene, press("U0AGENT", remind_action)).transaction->update);
}

TEST_CASE("a reminder out of the private line lets the line be replaced for another half hour", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->reply = ReplyPath{Sealed{"spent"}, noon - 1min, ChannelId{"C0DESK"}};
    const auto verdict = remind(scene, press_in_line("U0AGENT", remind_action));
    CHECK(verdict.transaction->update->reply->response_url.bytes == "for the line");
    CHECK(verdict.transaction->update->reply->expires_at == noon + response_url_life);
    CHECK(has(note_text(*verdict.transaction), "The team leads are reminded"));
}

TEST_CASE("a reminder is refused while everything is frozen, and the words say by whom", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.freeze("U0LEAD", "a stolen session");
    check_not_reminded(scene, "U0AGENT", "frozen", "Nobody was reminded. *Frozen* by <@U0LEAD>");
}

TEST_CASE("a reminder is refused to everybody but who asked and may still ask", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    check_not_reminded(scene, "U0IMPL", "not_the_requester", "only the person who made the request");
    Member owner = member_with("U0AGENT", {Role::support});
    owner.email = Email{"ada@acme.example"};
    scene.know("U0AGENT", owner);
    check_not_reminded(scene, "U0AGENT", "own_account", "The account is your own");
    owner.email.reset();
    scene.know("U0AGENT", owner);
    check_not_reminded(scene, "U0AGENT", "own_account_unknown", "`users:read.email`");
    scene.know("U0AGENT", member_with("U0AGENT", {}));
    check_not_reminded(scene, "U0AGENT", "not_a_requester", "You can still cancel what you asked for");
    scene.know("U0AGENT", Errc::unavailable);
    check_not_reminded(scene, "U0AGENT", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("support has nobody reminded of a first password, and implementation does", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->purpose = Purpose::first_password;
    check_not_reminded(scene, "U0AGENT", "not_an_implementer", "Nothing was done.");
    scene.know("U0AGENT", member_with("U0AGENT", {Role::implementation}));
    CHECK(remind(scene, "U0AGENT").transaction->update);
}

TEST_CASE("a reminder of an unknown request, or from another workspace, is refused", "[actions]")
{
    check_refused(
        remind(Scene{}, "U0AGENT"), "decision_not_accepted U0AGENT action=request.remind why=request_unknown",
        "does not belong to a request that I know");
    auto press_there = press("U0AGENT", remind_action);
    press_there.source.team = SlackTeamId{"T2"};
    check_refused(
        remind(Scene{agents_request(State::pending)}, press_there),
        "decision_not_accepted U0AGENT cs-1 action=request.remind why=other_workspace", "serves only people");
}

TEST_CASE("from the moment of its expiry nobody is reminded of a request, but it expires", "[actions]")
{
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    Scene scene{agents_request(State::pending)};
    scene.seen.now = noon + 4h + late;
    const auto verdict = remind(scene, "U0AGENT");
    const bool is_late = late >= Milliseconds{0};
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->state == (is_late ? State::expired : State::pending));
    CHECK(verdict.transaction->update->reminders == (is_late ? 0 : 1));
    const std::string words =
        is_late ? "the request had expired when you clicked" : "reminded in the thread of the card";
    CHECK(has(note_text(*verdict.transaction), words));
}

TEST_CASE("a modal says in the Home that somebody was reminded, or why not", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    const auto verdict = remind(scene, press_in_home("U0AGENT", remind_action));
    CHECK(has(window_text(verdict), "The team leads are reminded"));
    CHECK(has(window_text(verdict), "Reminder"));
    CHECK(note_text(*verdict.transaction).empty());
    CHECK(has(window_text(remind(scene, press_in_home("U0IMPL", remind_action))), "only the person who made"));
}
