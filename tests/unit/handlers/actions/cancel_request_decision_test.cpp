#include "handlers/actions/request_presses.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

actions::Verdict cancel(const Scene& scene, const actions::Press& press)
{
    return actions::cancel(press, scene.seen, scene.settings);
}

actions::Verdict cancel(const Scene& scene, const std::string& user)
{
    return cancel(scene, press(user, cancel_action));
}

void check_not_cancelled(const Scene& scene, const std::string& user, const std::string& why, const std::string& words)
{
    const std::string row = "decision_not_accepted " + user + " cs-1 action=request.cancel why=" + why;
    check_refused(cancel(scene, user), row, words);
}

Request with_line(State state)
{
    Request request = agents_request(state);
    request.reply = ReplyPath{Sealed{"spent"}, noon - 1min, ChannelId{"C0DESK"}};
    return request;
}

}  // namespace

TEST_CASE("a cancelling is recorded with who and when, as long as nothing was sent to Auth0", "[actions]")
{
    const State state = GENERATE(State::looking_up, State::choosing, State::pending, State::approved);
    Scene scene{agents_request(state)};
    scene.seen.now = noon + 2min;
    const auto verdict = cancel(scene, "U0AGENT");
    REQUIRE(verdict.transaction->update);
    const Request& request = *verdict.transaction->update;
    CHECK(request.state == State::cancelled);
    REQUIRE(request.decision);
    CHECK(request.decision->by == SlackUserId{"U0AGENT"});
    CHECK(request.decision->at == noon + 2min);
    CHECK(
        only_row(*verdict.transaction) ==
        "request_cancelled U0AGENT cs-1 state=cancelled requester=U0AGENT email=a…a@acme.example decided_by=U0AGENT");
    CHECK(jobs_text(*verdict.transaction) == "answer card homes+2000");
    CHECK(note_text(*verdict.transaction) == "Cancelled. Nothing was changed.");
    CHECK_FALSE(verdict.window);
}

TEST_CASE("the private line of a request that nobody was asked about loses its buttons", "[actions]")
{
    Scene scene{agents_request(State::looking_up)};
    scene.seen.request->asked = false;
    CHECK(jobs_text(*cancel(scene, "U0AGENT").transaction) == "answer homes+2000");
}

TEST_CASE("what has begun or is over is not cancelled, and nobody did anything wrong", "[actions]")
{
    const auto [state, words] = GENERATE(table<State, std::string>(
        {{State::executing, "too late to cancel: the password is being changed"},
         {State::checking, "too late to cancel: the password is being changed"},
         {State::changed, "the request is *Done* since <!date^1795348800^"},
         {State::denied, "the request is *Denied* since"},
         {State::cancelled, "the request is *Cancelled* since"},
         {State::expired, "the request is *Expired* since"},
         {State::refused, "the request is *Refused* since"},
         {State::failed, "the request is *Failed* since"},
         {State::unknown, "the request is *"}}));
    const auto verdict = cancel(Scene{agents_request(state)}, "U0AGENT");
    CHECK(has(note_text(*verdict.transaction), words));
    CHECK(verdict.transaction->audit.empty());
    CHECK_FALSE(verdict.transaction->update);
}

TEST_CASE("a cancelling is refused to everybody but the person who asked", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    for (const char* user : {"U0LEAD", "U0IMPL", "U0NOBODY", "U0MANAGER"})
        check_not_cancelled(scene, user, "not_the_requester", "only the person who made the request");
    check_not_cancelled(scene, "U0GUEST", "guest", "Guests cannot use Countersign");
    scene.know_as("U0IMPL", "U0AGENT", member_with("U0IMPL", {Role::implementation}));
    CHECK(cancel(scene, "U0IMPL").transaction->update->state == State::cancelled);
}

TEST_CASE("who asked cancels without a role, but not without being known for a member", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.know("U0AGENT", member_with("U0AGENT", {}));
    CHECK(cancel(scene, "U0AGENT").transaction->update->state == State::cancelled);
    scene.know("U0AGENT", Errc::unavailable);
    check_not_cancelled(scene, "U0AGENT", "rights_unknown", "I cannot check your rights");
    const auto [status, why] = GENERATE(table<MemberStatus, std::string>(
        {{MemberStatus::deactivated, "deactivated"},
         {MemberStatus::guest, "guest"},
         {MemberStatus::bot, "bot"},
         {MemberStatus::outsider, "other_workspace"}}));
    Member gone = member_with("U0AGENT", {Role::support});
    gone.status = status;
    scene.know("U0AGENT", gone);
    check_not_cancelled(scene, "U0AGENT", why, "Nothing was done");
}

TEST_CASE("a cancelling from another workspace, or of an unknown request, is refused", "[actions]")
{
    auto press_there = press("U0AGENT", cancel_action);
    press_there.source.team = SlackTeamId{"T2"};
    check_refused(
        cancel(Scene{agents_request(State::pending)}, press_there),
        "decision_not_accepted U0AGENT cs-1 action=request.cancel why=other_workspace",
        "serves only people of the workspace");
    check_refused(
        cancel(Scene{}, "U0AGENT"), "decision_not_accepted U0AGENT action=request.cancel why=request_unknown",
        "does not belong to a request that I know");
}

TEST_CASE("from the moment of its expiry a request is not cancelled, but expires", "[actions]")
{
    const State state = GENERATE(State::pending, State::choosing);
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    Scene scene{agents_request(state)};
    scene.seen.now = noon + 4h + late;
    const auto verdict = cancel(scene, "U0AGENT");
    REQUIRE(verdict.transaction->update);
    const bool is_late = late >= Milliseconds{0};
    CHECK(verdict.transaction->update->state == (is_late ? State::expired : State::cancelled));
    CHECK(verdict.transaction->update->decision.has_value() == !is_late);
    const std::string words = is_late ? "Nothing was done: the request had expired when you clicked" : "Cancelled.";
    CHECK(has(note_text(*verdict.transaction), words));
}

TEST_CASE("a form that nobody answered in time is told to be over, though nobody was asked", "[actions]")
{
    Scene scene{agents_request(State::choosing)};
    scene.seen.request->asked = false;
    scene.seen.now = noon + 4h;
    CHECK(jobs_text(*cancel(scene, "U0AGENT").transaction) == "answer homes+2000 requester_dm");
}

TEST_CASE("an approved request is cancelled after the time in which it was to be decided, too", "[actions]")
{
    Scene scene{agents_request(State::approved)};
    scene.seen.now = noon + 5h;
    CHECK(cancel(scene, "U0AGENT").transaction->update->state == State::cancelled);
}

TEST_CASE("who cancels in the private line is answered by the line alone", "[actions]")
{
    const auto verdict = cancel(Scene{with_line(State::pending)}, press_in_line("U0AGENT", cancel_action));
    CHECK(note_text(*verdict.transaction).empty());
    CHECK_FALSE(verdict.window);
    const Request& request = *verdict.transaction->update;
    CHECK(request.state == State::cancelled);
    CHECK(request.reply->expires_at == noon + response_url_life);
    CHECK(request.reply->response_url.bytes == "for the line");
}

TEST_CASE("a line elsewhere is left as it is by a cancelling, and a note says it", "[actions]")
{
    const auto verdict = cancel(Scene{with_line(State::pending)}, press("U0AGENT", cancel_action));
    CHECK(note_text(*verdict.transaction) == "Cancelled. Nothing was changed.");
    CHECK(verdict.transaction->update->reply->response_url.bytes == "spent");
}

TEST_CASE("a line in which what is over was cancelled says how it stands", "[actions]")
{
    const Scene scene{with_line(State::denied)};
    const auto verdict = cancel(scene, press_in_line("U0AGENT", cancel_action));
    CHECK(jobs_text(*verdict.transaction) == "answer");
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->state == State::denied);
    CHECK(verdict.transaction->update->reply->expires_at == noon + response_url_life);
    CHECK_FALSE(cancel(scene, press("U0AGENT", cancel_action)).transaction->update);
}

TEST_CASE(
    "a modal says what a cancelling in the Home did, unless the press was in the request's own modal", "[actions]")
{
    const Scene scene{agents_request(State::pending)};
    auto press_there = press_in_home("U0AGENT", cancel_action);
    const auto verdict = cancel(scene, press_there);
    CHECK(has(window_text(verdict), "Cancelled. Nothing was changed."));
    CHECK_FALSE(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(note_text(*verdict.transaction).empty());
    press_there.private_metadata = "cs-1";
    CHECK_FALSE(cancel(scene, press_there).window);
    CHECK_FALSE(cancel(Scene{agents_request(State::denied)}, press_there).window);
}
