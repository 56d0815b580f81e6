#include "handlers/actions/request_presses.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/actions/scene.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

actions::Verdict approve(const Scene& scene, const actions::Press& press)
{
    return actions::approve(press, scene.seen, scene.settings);
}

actions::Verdict approve(const Scene& scene, const std::string& user)
{
    return approve(scene, press(user, approve_action));
}

bool is_claimed(const actions::Verdict& verdict)
{
    return verdict.transaction && verdict.transaction->update && verdict.transaction->update->claims.size() == 1;
}

void check_not_approved(const Scene& scene, const std::string& user, const std::string& why, const std::string& words)
{
    const std::string row = "decision_not_accepted " + user + " cs-1 action=request.approve why=" + why;
    check_refused(approve(scene, user), row, words);
}

}  // namespace

TEST_CASE("a press of Approve is stored as a claim, and approves nothing by itself", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.now = noon + 7min;
    const auto verdict = approve(scene, "U0LEAD");
    CHECK(only_row(*verdict.transaction) == "approval_claimed U0LEAD cs-1");
    CHECK(jobs_text(*verdict.transaction) == "card claim");
    CHECK(note_text(*verdict.transaction).empty());
    CHECK(verdict.transaction->unless_frozen);
    CHECK_FALSE(verdict.window);
    REQUIRE(is_claimed(verdict));
    const Request& request = *verdict.transaction->update;
    CHECK(request.state == State::pending);
    CHECK(request.approvals.empty());
    CHECK(request.claims.front().by == SlackUserId{"U0LEAD"});
    CHECK(request.claims.front().at == noon + 7min);
}

TEST_CASE("what Slack has not told yet is no reason against the press of Approve", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    SECTION("of the person") { scene.know("U0LEAD", Errc::unavailable); }
    SECTION("of the channel") { scene.seen.approvals_channel = ChannelSafety::unknown; }
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}

TEST_CASE("a press of Approve is refused to who has no right to approve, by what is known", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    check_not_approved(scene, "U0AGENT", "not_an_approver", "Only the approvers user group decides here");
    check_not_approved(scene, "U0MANAGER", "not_an_approver", "Only the approvers user group decides here");
    check_not_approved(scene, "U0GUEST", "guest", "Guests cannot use Countersign");
    Member left = member_with("U0LEAD3", {Role::approver});
    left.status = MemberStatus::deactivated;
    scene.know("U0LEAD3", left);
    check_not_approved(scene, "U0LEAD3", "deactivated", "deactivated");
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}

TEST_CASE("what was passed on to the second group is approved by it, too", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->escalated_at = noon;
    CHECK(is_claimed(approve(scene, "U0MANAGER")));
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}

TEST_CASE("a press of Approve is refused about one's own account, by any address of it", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    Member owner = member_with("U0LEAD", {Role::approver});
    owner.email = Email{"ada@acme.example"};
    scene.know("U0LEAD", owner);
    check_not_approved(scene, "U0LEAD", "own_account", "about your own account");
    owner.email.reset();
    scene.know("U0LEAD", owner);
    check_not_approved(scene, "U0LEAD", "own_account_unknown", "`users:read.email`");
    scene.settings.approval.own_account_check = OwnAccountCheck::say;
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}

TEST_CASE("a press of Approve is refused on one's own request, under whatever id or address", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    SECTION("the same id") { scene.seen.request->requester = SlackUserId{"U0LEAD"}; }
    SECTION("another id of the same person")
    {
        scene.know_as("U0AGENT", "U0LEAD", member_with("U0AGENT", {Role::support}));
    }
    SECTION("another profile with the same address")
    {
        Member twin = member_with("U0LEAD", {Role::support});
        scene.know("U0AGENT", twin);
    }
    check_not_approved(scene, "U0LEAD", "own_request", "This is your own request");
    CHECK(is_claimed(approve(scene, "U0LEAD2")));
}

TEST_CASE("nothing is approved where Slack is known to show the channel to others", "[actions]")
{
    const auto [safety, why] = GENERATE(table<ChannelSafety, std::string>(
        {{ChannelSafety::shared_outside, "channel_shared"},
         {ChannelSafety::open_to_workspace, "channel_public"},
         {ChannelSafety::archived, "channel_unknown"}}));
    Scene scene{agents_request(State::pending)};
    scene.seen.approvals_channel = safety;
    check_not_approved(scene, "U0LEAD", why, "nothing is decided");
}

TEST_CASE("a press of Approve counts from a served workspace alone", "[actions]")
{
    const Scene scene{agents_request(State::pending)};
    auto press_there = press("U0LEAD", approve_action);
    SECTION("another workspace") { press_there.source.team = SlackTeamId{"T2"}; }
    SECTION("no workspace") { press_there.source.team.reset(); }
    SECTION("an installation for a whole organization") { press_there.source.org_install = true; }
    check_refused(
        approve(scene, press_there), "decision_not_accepted U0LEAD cs-1 action=request.approve why=other_workspace",
        "serves only people of the workspace");
}

TEST_CASE("a press of Approve counts on the card on file alone", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    auto press_there = press("U0LEAD", approve_action);
    SECTION("in another channel") { press_there.channel = ChannelId{"C0DESK"}; }
    SECTION("on another message") { press_there.message = MessageTs{"10.6"}; }
    SECTION("in no channel") { press_there.channel.reset(); }
    SECTION("on no message") { press_there.message.reset(); }
    SECTION("without a card on file") { scene.seen.card.reset(); }
    check_refused(
        approve(scene, press_there), "decision_not_accepted U0LEAD cs-1 action=request.approve why=card_unknown",
        "this card does not belong to a request that I know");
}

TEST_CASE("a card whose time stamp is not known yet takes the press of Approve", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.card->ts.reset();
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}

TEST_CASE("a press of Approve for a request that is not known is refused without one", "[actions]")
{
    check_refused(
        approve(Scene{}, "U0LEAD"), "decision_not_accepted U0LEAD action=request.approve why=card_unknown",
        "this card does not belong to a request that I know");
}

TEST_CASE("only what waits for a decision is approved, and who comes late is told who decided", "[actions]")
{
    const State state = GENERATE(
        State::looking_up, State::choosing, State::approved, State::executing, State::checking, State::changed,
        State::denied, State::cancelled, State::expired, State::refused, State::failed, State::unknown);
    Scene scene{agents_request(state)};
    scene.seen.request->decision = Decision{SlackUserId{"U0LEAD2"}, noon};
    // That it cools opens it to a denial alone.
    scene.seen.request->change_from = noon + 1h;
    check_not_approved(scene, "U0LEAD", "decided_already", "already *");
}

TEST_CASE("two approvals come from two people, by what is known of them", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->approvals_needed = 2;
    scene.seen.request->approvals = {Decision{SlackUserId{"U0LEAD2"}, noon}};
    check_not_approved(scene, "U0LEAD2", "approved_before", "you have approved this request already");
    CHECK(is_claimed(approve(scene, "U0LEAD")));
    SECTION("another id of the same person")
    {
        scene.know_as("U0LEAD", "U0LEAD2", member_with("U0LEAD", {Role::approver}));
    }
    SECTION("another profile with the same address") { scene.know("U0LEAD", member_with("U0LEAD2", {Role::approver})); }
    check_not_approved(scene, "U0LEAD", "approved_before", "you have approved this request already");
}

TEST_CASE("who presses Approve again while it is checked has not pressed twice, by what is known", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->claims = {Decision{SlackUserId{"U0LEAD"}, noon}};
    check_not_approved(scene, "U0LEAD", "claimed_before", "you have pressed Approve already");
    scene.know("U0LEAD2", member_with("U0LEAD", {Role::approver}));
    check_not_approved(scene, "U0LEAD2", "claimed_before", "you have pressed Approve already");
    const auto verdict = approve(scene, "U0LEAD3");
    REQUIRE(verdict.transaction->update);
    CHECK(verdict.transaction->update->claims.size() == 2);
    CHECK(verdict.transaction->update->claims.back().by == SlackUserId{"U0LEAD3"});
}

TEST_CASE("claims_max presses of Approve wait at the same moment, and those that are too old do not count", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    for (std::size_t i = 1; i < claims_max; ++i)
        scene.seen.request->claims.push_back(Decision{SlackUserId{"U1" + std::to_string(i)}, noon});
    CHECK(approve(scene, "U0LEAD").transaction->update->claims.size() == claims_max);
    scene.seen.request->claims.push_back(Decision{SlackUserId{"U18"}, noon});
    check_not_approved(scene, "U0LEAD", "too_many_claims", "others have pressed Approve just before you");
    scene.seen.now = noon + claim_age_max;
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}

TEST_CASE("nothing is approved while everything is frozen, and the words say by whom", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.freeze("U0LEAD3", "a stolen session");
    check_not_approved(scene, "U0LEAD", "frozen", "Nothing was approved. *Frozen* by <@U0LEAD3>");
}

TEST_CASE("from the moment of its expiry a request is not approved, but expires", "[actions]")
{
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    Scene scene{agents_request(State::pending)};
    scene.seen.now = noon + 4h + late;
    const auto verdict = approve(scene, "U0LEAD");
    REQUIRE(verdict.transaction->update);
    if (late < Milliseconds{0})
    {
        CHECK(is_claimed(verdict));
        return;
    }
    CHECK(verdict.transaction->update->state == State::expired);
    CHECK_FALSE(verdict.transaction->update->decision);
    CHECK_FALSE(verdict.transaction->unless_frozen);
    CHECK(jobs_text(*verdict.transaction) == "announce answer card homes+2000 requester_dm");
    CHECK(has(note_text(*verdict.transaction), "the request had expired when you clicked"));
}

TEST_CASE("who presses Approve too late ends nothing that was approved in time, as far as is known", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->claims = {Decision{SlackUserId{"U0LEAD2"}, noon + 4h - 1ms}};
    scene.seen.now = noon + 4h;
    const auto verdict = approve(scene, "U0LEAD");
    CHECK_FALSE(verdict.transaction->update);
    CHECK(verdict.transaction->audit.empty());
    CHECK(has(note_text(*verdict.transaction), "the request had expired when you clicked"));
}

TEST_CASE("a request without a time to expire at takes the press of Approve at any time", "[actions]")
{
    Scene scene{agents_request(State::pending)};
    scene.seen.request->expires_at.reset();
    scene.seen.now = noon + 24h * 365;
    CHECK(is_claimed(approve(scene, "U0LEAD")));
}
