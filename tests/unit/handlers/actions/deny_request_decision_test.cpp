#include "handlers/actions/deny_request.hpp"
#include "handlers/views/actions.hpp"
#include "handlers/views/deny_form.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

actions::Verdict ask_why(const Scene& scene, const actions::Press& press)
{
    return actions::ask_why_to_deny(press, scene.seen, scene.settings);
}

actions::Verdict deny(const Scene& scene, const std::string& user, std::string_view reason = "not her voice")
{
    return actions::deny(action_by(user, deny_form), reason, scene.seen, scene.settings);
}

bool is_denied(const actions::Verdict& verdict)
{
    return verdict.transaction && verdict.transaction->update && verdict.transaction->update->state == State::denied;
}

// The press opens no form, and the form denies nothing.
void check_not_denied(const Scene& scene, const std::string& user, const std::string& why, const std::string& words)
{
    const std::string row = "decision_not_accepted " + user + " cs-1 action=";
    check_refused(ask_why(scene, press(user, deny_action)), row + "request.deny why=" + why, words);
    const auto verdict = deny(scene, user);
    REQUIRE(verdict.transaction);
    CHECK(only_row(*verdict.transaction) == row + "request.deny_form why=" + why);
    CHECK(verdict.transaction->jobs.empty());
    CHECK_FALSE(verdict.transaction->update);
    CHECK(has(window_text(verdict), words));
    CHECK(has(window_text(verdict), "Not denied"));
}

std::string field_fault(const actions::Verdict& verdict)
{
    const auto* errors = std::get_if<slack::FieldErrors>(&verdict.answer);
    if (errors == nullptr) return {};
    const auto found = errors->errors.find(std::string{views::denial_block});
    return found == errors->errors.end() ? std::string{} : found->second;
}

Request cooling_request()
{
    Request request = agents_request(State::approved);
    request.decision = Decision{SlackUserId{"U0LEAD2"}, noon};
    request.change_from = noon + 1h;
    return request;
}

}  // namespace

TEST_CASE("a press of Deny opens the form that asks why, and stores nothing but that it came", "[actions]")
{
    const Scene scene{agents_request(State::pending)};
    const auto verdict = ask_why(scene, press("U0LEAD", deny_action));
    CHECK(has(window_text(verdict), "request.deny_form"));
    CHECK(std::get<actions::Modal>(verdict.window.value()).is_missed);
    CHECK(verdict.transaction->audit.empty());
    CHECK(verdict.transaction->jobs.empty());
    CHECK_FALSE(verdict.transaction->update);
}

TEST_CASE("a press of Deny opens no form but on the card on file", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    auto press_there = press("U0LEAD", deny_action);
    SECTION("in another channel") { press_there.channel = ChannelId{"C0DESK"}; }
    SECTION("on another message") { press_there.message = MessageTs{"10.6"}; }
    SECTION("without a card on file") { scene.seen.card.reset(); }
    check_refused(
        ask_why(scene, press_there), "decision_not_accepted U0LEAD cs-1 action=request.deny why=card_unknown",
        "does not belong to a request that I know");
}

TEST_CASE("a denial of a request that is not known says so", "[actions]")
{
    const Scene scene;
    check_refused(
        ask_why(scene, press("U0LEAD", deny_action)),
        "decision_not_accepted U0LEAD action=request.deny why=card_unknown", "does not belong to a request");
    const auto verdict = deny(scene, "U0LEAD");
    CHECK(only_row(*verdict.transaction) == "decision_not_accepted U0LEAD action=request.deny_form why=card_unknown");
    CHECK(has(window_text(verdict), "does not belong to a request that I know"));
}

TEST_CASE("a denial is stored with who, when and why, without what cannot be seen of it", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.now = noon + 3min;
    const auto verdict = deny(scene, "U0LEAD", "  not her\u200b voice ");
    CHECK(std::holds_alternative<slack::Acknowledged>(verdict.answer));
    REQUIRE(is_denied(verdict));
    const Request& request = *verdict.transaction->update;
    REQUIRE(request.decision);
    CHECK(request.decision->by == SlackUserId{"U0LEAD"});
    CHECK(request.decision->at == noon + 3min);
    CHECK(request.denial_reason == "not her voice");
    CHECK(jobs_text(*verdict.transaction) == "announce answer card homes+2000 requester_dm");
    CHECK(
        only_row(*verdict.transaction) ==
        "request_denied U0LEAD cs-1 state=denied requester=U0AGENT email=a…a@acme.example decided_by=U0LEAD "
        "why=not her voice");
}

TEST_CASE("a denial needs a reason of 1 to 500 characters, and leaves no trace before it has one", "[actions]")
{
    const Scene scene{agents_request(State::pending)};
    for (const std::string& reason : {std::string{}, std::string{" \u200b "}, std::string(501, 'x')})
    {
        const auto verdict = deny(scene, "U0LEAD", reason);
        CHECK_FALSE(verdict.transaction);
        CHECK(has(field_fault(verdict), reason.size() > 500 ? "too long" : "Say why"));
    }
    CHECK(is_denied(deny(scene, "U0LEAD", std::string(500, 'x'))));
    CHECK(is_denied(deny(scene, "U0LEAD", "x")));
}

TEST_CASE("who may not deny is not asked for better words", "[actions]")
{
    CHECK(deny(Scene{agents_request(State::pending)}, "U0AGENT", "").transaction);
}

TEST_CASE("a denial is refused to who has no right to decide, or is not known to have it", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    check_not_denied(scene, "U0AGENT", "not_an_approver", "Only the approvers user group decides here");
    check_not_denied(scene, "U0MANAGER", "not_an_approver", "Only the approvers user group decides here");
    check_not_denied(scene, "U0GUEST", "guest", "Guests cannot use Countersign");
    Member owner = member_with("U0LEAD2", {Role::approver});
    owner.email = Email{"ada@acme.example"};
    scene.know("U0LEAD2", owner);
    check_not_denied(scene, "U0LEAD2", "own_account", "about your own account");
    scene.know("U0LEAD", Errc::unavailable);
    check_not_denied(scene, "U0LEAD", "rights_unknown", "I cannot check your rights");
    CHECK(is_denied(deny(scene, "U0LEAD3")));
}

TEST_CASE("a denial of one's own request is refused, under whatever id", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    SECTION("the same id") { scene.seen.request->requester = SlackUserId{"U0LEAD"}; }
    SECTION("another id") { scene.know_as("U0AGENT", "U0LEAD", member_with("U0AGENT", {Role::support})); }
    SECTION("the same address") { scene.know("U0AGENT", member_with("U0LEAD", {Role::support})); }
    check_not_denied(scene, "U0LEAD", "own_request", "This is your own request");
}

TEST_CASE("nothing is denied unless the channel is known to be a place to decide in", "[actions]")
{
    const auto [safety, why] = GENERATE(table<ChannelSafety, std::string>(
        {{ChannelSafety::shared_outside, "channel_shared"},
         {ChannelSafety::open_to_workspace, "channel_public"},
         {ChannelSafety::archived, "channel_unknown"},
         {ChannelSafety::unknown, "channel_unknown"}}));
    Scene scene{agents_request(State::pending)};
    scene.seen.approvals_channel = safety;
    check_not_denied(scene, "U0LEAD", why, "nothing is decided");
}

TEST_CASE("a denial from another workspace is refused", "[actions]")
{
    const Scene scene{agents_request(State::pending)};
    auto there = action_by("U0LEAD", deny_form);
    there.source.team = SlackTeamId{"T2"};
    const auto verdict = actions::deny(there, "why", scene.seen, scene.settings);
    CHECK(has(only_row(*verdict.transaction), "why=other_workspace"));
    CHECK_FALSE(verdict.transaction->update);
}

TEST_CASE("only what waits for a decision, or cools, is denied", "[actions]")
{
    const State state = GENERATE(
        State::looking_up, State::choosing, State::approved, State::executing, State::checking, State::changed,
        State::denied, State::cancelled, State::expired, State::refused, State::failed, State::unknown);
    Scene scene{agents_request(state)};
    scene.seen.request->decision = Decision{SlackUserId{"U0LEAD2"}, noon + 1min};
    check_not_denied(scene, "U0LEAD", "decided_already", "already *");
}

TEST_CASE("what cools is denied as long as it cools, whenever it was to be decided", "[actions]")
{
    Scene scene{cooling_request()};
    scene.seen.request->expires_at = noon + 30min;
    scene.seen.now = noon + 59min;
    CHECK(has(window_text(ask_why(scene, press("U0LEAD", deny_action))), "request.deny_form"));
    const auto verdict = deny(scene, "U0LEAD", "she never called");
    REQUIRE(is_denied(verdict));
    CHECK(verdict.transaction->update->decision->by == SlackUserId{"U0LEAD"});
    scene.seen.request->state = State::executing;
    check_not_denied(scene, "U0LEAD", "decided_already", "already *");
}

TEST_CASE("from the moment of its expiry a request is not denied, but expires", "[actions]")
{
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    Scene scene{agents_request(State::pending)};
    scene.seen.now = noon + 4h + late;
    const auto verdict = deny(scene, "U0LEAD");
    if (late < Milliseconds{0})
    {
        CHECK(is_denied(verdict));
        return;
    }
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->state == State::expired);
    CHECK_FALSE(verdict.transaction->update->decision);
    CHECK(verdict.transaction->update->denial_reason.empty());
    CHECK(has(window_text(verdict), "the request had expired when you clicked"));
}

TEST_CASE("a freeze keeps nobody from denying", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.freeze("U0LEAD2");
    CHECK(ask_why(scene, press("U0LEAD", deny_action)).window);
    const auto verdict = deny(scene, "U0LEAD");
    CHECK(is_denied(verdict));
    CHECK_FALSE(verdict.transaction->unless_frozen);
}
