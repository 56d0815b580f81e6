#include "handlers/effects/perform.hpp"
#include "handlers/rules/claim.hpp"
#include "handlers/rules/freeze.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/risk_notes.hpp"
#include "handlers/rules/transitions.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult press(Desk& desk, const std::string& user) { return desk.send(desk.click(user, approve_action, "cs-1")); }

// What was pressed is looked at: Slack says what the people at the desk are.
void settle(Desk& desk)
{
    const TimePoint now = desk.clock.now();
    const JobKinds claims{JobKinds::Are::these, {std::string{job_kind::claim}}};
    for (const Job& job : run(desk.context, desk.store.claim_jobs(now, now + 5min, 100, claims)))
        run_to_end(desk.context, perform(desk.services, job));
}

HandlerResult approve(Desk& desk, const std::string& user)
{
    auto answer = press(desk, user);
    settle(desk);
    return answer;
}

// Nothing was decided: the row that says why is all there is, besides the words.
void check_rebuffed(Desk& desk, const std::string& user, const std::string& why, const std::string& words)
{
    const Request before = desk.stored();
    const auto answer = press(desk, user);
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    CHECK(only_row(desk.last()) == "decision_not_accepted " + user + " cs-1 action=request.approve why=" + why);
    CHECK(jobs_text(desk.last()).empty());
    CHECK(has(note_text(desk.last()), words));
    CHECK(to_document(desk.stored()) == to_document(before));
    CHECK(desk.stored().state == before.state);
}

}  // namespace

TEST_CASE("an approval is recorded with who and when, and has the password changed at once", "[decisions]")
{
    WaitingDesk desk;
    desk.clock.advance(7min);
    const auto answer = approve(desk, "U0LEAD");
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    const Request request = desk.stored();
    CHECK(request.state == State::approved);
    REQUIRE(request.decision);
    CHECK(request.decision->by == SlackUserId{"U0LEAD"});
    CHECK(request.decision->at == Desk::noon + 7min);
    REQUIRE(request.approvals.size() == 1);
    CHECK(request.approvals.front().by == SlackUserId{"U0LEAD"});
    CHECK(request.approvals.front().at == Desk::noon + 7min);
    CHECK(request.updated_at == Desk::noon + 7min);
    CHECK_FALSE(request.change_from);
    CHECK(desk.last().at == Desk::noon + 7min);
    CHECK(jobs_text(desk.last()) == "card change homes+2000 still_waiting+30000");
    CHECK(note_text(desk.last()).empty());
    CHECK(desk.last().unless_frozen);
    CHECK(
        only_row(desk.last()) ==
        "request_approved U0LEAD cs-1 state=approved requester=U0AGENT email=a…a@acme.example decided_by=U0LEAD");
}

TEST_CASE("an approval that cools begins the change when the delay is over, and says so in the line", "[decisions]")
{
    const bool has_line = GENERATE(true, false);
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.cooling = 10min;
    if (has_line) request.reply = ReplyPath{Sealed{"x"}, Desk::noon + 29min, ChannelId{"C0DESK"}};
    WaitingDesk desk{request};
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::approved);
    CHECK(desk.stored().change_from == Desk::noon + 10min);
    const std::string line = has_line ? "answer " : "";
    CHECK(jobs_text(desk.last()) == line + "begin_change+600000 card homes+2000");
}

TEST_CASE("the first of two approvals decides nothing yet; the second does, at its own time", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.approvals_needed = 2;
    WaitingDesk desk{request};
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::pending);
    CHECK_FALSE(desk.stored().decision);
    CHECK(jobs_text(desk.last()) == "card homes+2000");
    CHECK(
        only_row(desk.last()) == "request_endorsed U0LEAD cs-1 state=pending requester=U0AGENT email=a…a@acme.example");
    CHECK(desk.last().unless_frozen);

    check_rebuffed(desk, "U0LEAD", "approved_before", "you have approved this request already");

    desk.clock.advance(1min);
    approve(desk, "U0LEAD2");
    CHECK(desk.stored().state == State::approved);
    CHECK(desk.stored().approvals.size() == 2);
    CHECK(desk.stored().decision->by == SlackUserId{"U0LEAD2"});
    CHECK(desk.stored().decision->at == Desk::noon + 1min);
    CHECK(jobs_text(desk.last()) == "card change homes+2000 still_waiting+30000");
}

TEST_CASE("a press is stored, and shown to be checked, before Slack is asked whether it counts", "[decisions][claims]")
{
    WaitingDesk desk;
    std::string user = "U0LEAD";
    SECTION("of somebody who may, as far as is known") {}
    SECTION("of somebody whom Slack has not told of") { desk.people.answers = false; }
    SECTION("in a channel that was not looked at yet") { desk.people.approvals = ChannelSafety::unknown; }
    desk.clock.advance(7min);
    const auto answer = press(desk, user);
    CHECK(std::holds_alternative<slack::Acknowledged>(answer.answer));
    const Request request = desk.stored();
    CHECK(request.state == State::pending);
    CHECK(request.approvals.empty());
    CHECK_FALSE(request.decision);
    REQUIRE(request.claims.size() == 1);
    CHECK(request.claims.front().by == SlackUserId{user});
    CHECK(request.claims.front().at == Desk::noon + 7min);
    CHECK(desk.store.done.size() == 1);
    CHECK(desk.last().unless_frozen);
    CHECK(only_row(desk.last()) == "approval_claimed U0LEAD cs-1");
    CHECK(jobs_text(desk.last()) == "card claim");
    CHECK(note_text(desk.last()).empty());
    // Where a private note reaches them is sealed.
    for (const NewJob& job : desk.last().jobs) CHECK_FALSE(has(job.payload, "hooks.slack.com"));
}

TEST_CASE(
    "while Slack does not say who pressed, nothing is approved, and in the end that is said", "[decisions][claims]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.stored().claims.size() == 1);
    desk.clock.advance(claim_settled_within);
    settle(desk);
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.stored().claims.empty());
    CHECK(only_row(desk.last()) == "approval_claim_ended U0LEAD cs-1 why=rights_unknown");
    CHECK(has(note_text(desk.last()), "Nothing was approved: Slack did not say in time whether you may approve"));
    // It was not used up.
    desk.people.answers = true;
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::approved);
}

TEST_CASE("the presses of two people are settled in the order of pressing", "[decisions][claims]")
{
    const int approvals_needed = GENERATE(1, 2);
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.approvals_needed = approvals_needed;
    WaitingDesk desk{request};
    press(desk, "U0LEAD2");
    desk.clock.advance(1ms);
    press(desk, "U0LEAD");
    settle(desk);
    CHECK(desk.stored().approvals.size() == 1);
    CHECK(desk.stored().approvals.front().by == SlackUserId{"U0LEAD2"});
    settle(desk);
    CHECK(desk.stored().state == State::approved);
    CHECK(desk.stored().claims.empty());
    CHECK(desk.stored().approvals.size() == static_cast<std::size_t>(approvals_needed));
    CHECK(desk.stored().decision->by == SlackUserId{approvals_needed == 1 ? "U0LEAD2" : "U0LEAD"});
    if (approvals_needed == 1) CHECK(has(note_text(desk.last()), "approved by <@U0LEAD2>"));
}

TEST_CASE(
    "who comes after the time ends no request that was approved in time, as far as is known", "[decisions][claims]")
{
    WaitingDesk desk;
    desk.clock.set(*desk.stored().expires_at - 1ms);
    press(desk, "U0LEAD");
    desk.clock.advance(1ms);
    press(desk, "U0LEAD2");
    CHECK(has(note_text(desk.last()), "the request had expired when you clicked"));
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.stored().claims.size() == 1);
    settle(desk);
    CHECK(desk.stored().state == State::approved);
    CHECK(desk.stored().decision->by == SlackUserId{"U0LEAD"});
}

TEST_CASE("whose address Slack does not tell approves nothing, unless the settings let it pass", "[decisions]")
{
    WaitingDesk desk;
    desk.people.members.at("U0LEAD").email.reset();
    check_rebuffed(desk, "U0LEAD", "own_account_unknown", "`users:read.email`");
    desk.settings.approval.own_account_check = OwnAccountCheck::say;
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::approved);
    REQUIRE(desk.stored().risk_notes.size() == 1);
    CHECK(desk.stored().risk_notes.front().code == risk_code::own_account_unchecked);
}

TEST_CASE("wherever the approver is at home, it is the app's workspace that counts", "[decisions]")
{
    WaitingDesk desk;
    auto click = desk.click("U0LEAD", approve_action, "cs-1");
    SECTION("not said") { click.actor.team.reset(); }
    SECTION("another workspace of the organization") { click.actor.team = SlackTeamId{"T2"}; }
    SECTION("the organization itself") { click.actor.team = SlackTeamId{"E1"}; }
    desk.send(std::move(click));
    settle(desk);
    CHECK(desk.stored().state == State::approved);
}

TEST_CASE("nobody approves their own request under another id, nor somebody with the same address", "[decisions]")
{
    WaitingDesk desk;
    SECTION("one person, by what Slack says of the ids") { desk.people.identities["U0AGENT"] = "U0LEAD"; }
    SECTION("one address in both profiles")
    {
        desk.people.members.at("U0AGENT").email = Email{"dual@acme.example"};
        desk.people.members.at("U0LEAD").email = Email{"dual@acme.example"};
    }
    desk.send(desk.click("U0LEAD", approve_action, "cs-1"));
    CHECK(desk.stored().state == State::pending);
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD cs-1 action=request.approve why=own_request");
}

TEST_CASE("two approvals by one person under two ids are one", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.approvals_needed = 2;
    request.approvals = {Decision{SlackUserId{"W0LEAD"}, Desk::noon}};
    WaitingDesk desk{std::move(request)};
    desk.people.identities["U0LEAD"] = "W0LEAD";
    desk.send(desk.click("U0LEAD", approve_action, "cs-1"));
    CHECK(desk.stored().state == State::pending);
    CHECK(desk.stored().approvals.size() == 1);
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD cs-1 action=request.approve why=approved_before");
}

TEST_CASE("who comes late is told what was decided, by whom and when", "[decisions]")
{
    const auto [state, words] = GENERATE(table<State, std::string>(
        {{State::approved, "already *Working*, approved by <@U0LEAD2> <!date^1795348860^"},
         {State::changed, "already *Done*, approved by <@U0LEAD2> <!date^1795348860^"},
         {State::denied, "already *Denied*, denied by <@U0LEAD2> <!date^1795348860^"},
         {State::cancelled, "already *Cancelled*, cancelled by <@U0LEAD2> <!date^1795348860^"}}));
    Request request = Desk::request_of("U0AGENT", state);
    request.decision = Decision{SlackUserId{"U0LEAD2"}, Desk::noon + 1min};
    WaitingDesk desk{request};
    check_rebuffed(desk, "U0LEAD", "decided_already", words);
}

TEST_CASE("who comes after nobody decided is told since when it is over", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::expired);
    request.updated_at = Desk::noon + 4h;
    WaitingDesk desk{request};
    check_rebuffed(desk, "U0LEAD", "decided_already", "already *Expired* since <!date^1795363200^");
}

TEST_CASE("a freeze between the look and the commit stops the approval", "[decisions]")
{
    const auto approvals_needed = GENERATE(1, 2);
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.approvals_needed = approvals_needed;
    WaitingDesk desk{request};
    desk.store.before_commit = [&desk] { desk.freeze("U0LEAD3"); };
    check_rebuffed(desk, "U0LEAD", "frozen", "*Frozen* by <@U0LEAD3>");
    CHECK(desk.store.tried.size() == 2);
}

TEST_CASE("a freeze that came and went between the look and the commit stops no approval", "[decisions]")
{
    WaitingDesk desk;
    desk.store.before_commit = [&desk] {
        desk.freeze("U0LEAD3");
        desk.thaw();
    };
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::approved);
}

TEST_CASE("who was overtaken between the look and the commit is told by whom", "[decisions]")
{
    WaitingDesk desk;
    desk.store.before_commit = [&desk] {
        Request request = desk.stored();
        request.decision = Decision{SlackUserId{"U0LEAD2"}, Desk::noon};
        Transaction change{Desk::noon};
        advance(change, std::move(request), Event::deny, "U0LEAD2");
        desk.apply(std::move(change));
    };
    approve(desk, "U0LEAD");
    CHECK(desk.stored().state == State::denied);
    CHECK(desk.stored().decision->by == SlackUserId{"U0LEAD2"});
    CHECK(only_row(desk.last()) == "decision_not_accepted U0LEAD cs-1 action=request.approve why=decided_already");
    CHECK(has(note_text(desk.last()), "denied by <@U0LEAD2>"));
}

TEST_CASE("an approval that is overtaken again and again is given up, and asked for again", "[decisions]")
{
    WaitingDesk desk;
    desk.store.refuses = Errc::conflict;
    CHECK(rejected(approve(desk, "U0LEAD")) == Errc::unavailable);
    CHECK(desk.store.tried.size() == 4 + claims_max);
    CHECK(desk.stored().state == State::pending);
}

TEST_CASE("an approval that cannot be stored is not acknowledged", "[decisions]")
{
    const auto [fault, answer] = GENERATE(table<Errc, Errc>(
        {{Errc::replayed, Errc::replayed},
         {Errc::unavailable, Errc::unavailable},
         {Errc::duplicate, Errc::unavailable}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    CHECK(rejected(approve(desk, "U0LEAD")) == answer);
    CHECK(desk.store.tried.size() == 1);
    CHECK(desk.stored().state == State::pending);
}

TEST_CASE("each press is remembered, so that a copy of it does nothing", "[decisions]")
{
    WaitingDesk desk;
    press(desk, "U0AGENT");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
    press(desk, "U0LEAD");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 2");
    CHECK(desk.last().replay->expires_at == Desk::noon + 10min);
}
