#include "handlers/rules/transitions.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult cancel(Desk& desk, const std::string& user) { return desk.send(desk.click(user, cancel_action, "cs-1")); }

void check_rebuffed(Desk& desk, const std::string& user, const std::string& why, const std::string& words)
{
    const Request before = desk.stored();
    CHECK(std::holds_alternative<slack::Acknowledged>(cancel(desk, user).answer));
    CHECK(only_row(desk.last()) == "decision_not_accepted " + user + " cs-1 action=request.cancel why=" + why);
    CHECK(jobs_text(desk.last()).empty());
    CHECK(has(note_text(desk.last()), words));
    CHECK(desk.stored().state == before.state);
    CHECK(to_document(desk.stored()) == to_document(before));
}

}  // namespace

TEST_CASE("the requester cancels until the change begins, with who and when", "[decisions]")
{
    const auto state = GENERATE(State::looking_up, State::choosing, State::pending, State::approved);
    WaitingDesk desk{Desk::request_of("U0AGENT", state)};
    desk.clock.advance(2min);
    CHECK(std::holds_alternative<slack::Acknowledged>(cancel(desk, "U0AGENT").answer));
    CHECK(desk.stored().state == State::cancelled);
    REQUIRE(desk.stored().decision);
    CHECK(desk.stored().decision->by == SlackUserId{"U0AGENT"});
    CHECK(desk.stored().decision->at == Desk::noon + 2min);
    CHECK(
        only_row(desk.last()) ==
        "request_cancelled U0AGENT cs-1 state=cancelled requester=U0AGENT email=a…a@acme.example decided_by=U0AGENT");
    // Who cancels knows of it, and who reviews need not.
    CHECK(jobs_text(desk.last()) == "answer card homes+2000");
    CHECK(note_text(desk.last()) == "Cancelled. Nothing was changed.");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("a request that nobody was asked about has no card that its cancelling draws", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::looking_up);
    request.asked = false;
    WaitingDesk desk{request};
    cancel(desk, "U0AGENT");
    CHECK(jobs_text(desk.last()) == "answer homes+2000");
}

TEST_CASE("what has begun, or is over, is not cancelled, and the words say which", "[decisions]")
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
    WaitingDesk desk{Desk::request_of("U0AGENT", state)};
    CHECK(std::holds_alternative<slack::Acknowledged>(cancel(desk, "U0AGENT").answer));
    CHECK(has(note_text(desk.last()), words));
    // They came late, and did nothing that reviewers need to know.
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().state == state);
}

TEST_CASE("a button of the private line that is over has the line say how it stands", "[decisions]")
{
    const auto action = GENERATE(std::string{cancel_action}, std::string{remind_action});
    Request request = Desk::request_of("U0AGENT", State::denied);
    request.reply = ReplyPath{Sealed{"spent"}, Desk::noon - 1min, ChannelId{"C0DESK"}};
    WaitingDesk desk{request};
    auto press = desk.click("U0AGENT", action, "cs-1");
    SECTION("pressed there")
    {
        press.channel = ChannelId{"C0DESK"};
        desk.send(std::move(press));
        CHECK(jobs_text(desk.last()) == "answer");
        CHECK(desk.stored().reply->expires_at == Desk::noon + response_url_life);
        CHECK(desk.vault.open(desk.stored().reply->response_url, "reply:cs-1").value().matches(Desk::response_url));
    }
    SECTION("pressed elsewhere")
    {
        press.channel = ChannelId{"C0APPROVALS"};
        desk.send(std::move(press));
        CHECK(jobs_text(desk.last()).empty());
        CHECK(desk.stored().reply->expires_at == Desk::noon - 1min);
    }
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().state == State::denied);
}

TEST_CASE("who cancels in the private line is answered by the line itself", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.reply = ReplyPath{Sealed{"spent"}, Desk::noon - 1min, ChannelId{"C0DESK"}};
    WaitingDesk desk{request};
    auto press = desk.click("U0AGENT", cancel_action, "cs-1");
    press.channel = ChannelId{"C0DESK"};
    desk.send(std::move(press));
    CHECK(desk.stored().state == State::cancelled);
    CHECK(note_text(desk.last()).empty());
    CHECK(desk.stored().reply->expires_at == Desk::noon + response_url_life);
}

TEST_CASE("nobody else cancels a request, whatever they may do", "[decisions]")
{
    WaitingDesk desk;
    for (const char* user : {"U0LEAD", "U0LEAD2", "U0IMPL", "U0NOBODY"})
        check_rebuffed(desk, user, "not_the_requester", "only the person who made the request");
    check_rebuffed(desk, "U0GUEST", "guest", "Guests cannot use Countersign");
}

TEST_CASE("without a role one's own request is cancelled, and without a standing it is not", "[decisions]")
{
    WaitingDesk desk;
    desk.people.answers = false;
    check_rebuffed(desk, "U0AGENT", "rights_unknown", "I cannot check your rights");
    desk.people.answers = true;
    desk.people.members.at("U0AGENT").status = MemberStatus::deactivated;
    check_rebuffed(desk, "U0AGENT", "deactivated", "deactivated");
    desk.people.members.at("U0AGENT") = Member{MemberStatus::member, {}, std::nullopt};
    cancel(desk, "U0AGENT");
    CHECK(desk.stored().state == State::cancelled);
}

TEST_CASE("a cancelling from another workspace, or of an unknown request, does nothing", "[decisions]")
{
    WaitingDesk desk;
    auto click = desk.click("U0AGENT", cancel_action, "cs-1");
    click.origin.team = SlackTeamId{"T2"};
    desk.send(std::move(click));
    CHECK(only_row(desk.last()) == "decision_not_accepted U0AGENT cs-1 action=request.cancel why=other_workspace");
    CHECK(has(note_text(desk.last()), "serves only people of the workspace"));
    desk.send(desk.click("U0AGENT", cancel_action, "cs-2"));
    CHECK(only_row(desk.last()) == "decision_not_accepted U0AGENT action=request.cancel why=request_unknown");
    CHECK(desk.stored().state == State::pending);
}

TEST_CASE("from its time on a request is not cancelled though its expiry is late, but expires", "[decisions]")
{
    const auto [state, jobs] = GENERATE(table<State, std::string>(
        {{State::pending, "announce answer card homes+2000 requester_dm"},
         {State::choosing, "announce answer card homes+2000 requester_dm"}}));
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    WaitingDesk desk{Desk::request_of("U0AGENT", state)};
    desk.clock.set(Desk::noon + 4h + late);
    cancel(desk, "U0AGENT");
    if (late < Milliseconds{0})
    {
        CHECK(desk.stored().state == State::cancelled);
        return;
    }
    CHECK(desk.stored().state == State::expired);
    CHECK_FALSE(desk.stored().decision);
    CHECK(jobs_text(desk.last()) == jobs);
    CHECK(has(note_text(desk.last()), "Nothing was done: the request had expired when you clicked"));
    CHECK(
        only_row(desk.last()) == "request_expired U0AGENT cs-1 state=expired requester=U0AGENT email=a…a@acme.example");
}

TEST_CASE("an approved request is cancelled after the time in which it was to be decided", "[decisions]")
{
    WaitingDesk desk{Desk::request_of("U0AGENT", State::approved)};
    desk.clock.advance(5h);
    cancel(desk, "U0AGENT");
    CHECK(desk.stored().state == State::cancelled);
}

TEST_CASE("a cancelling that meets the beginning of the change comes too late", "[decisions]")
{
    WaitingDesk desk{Desk::request_of("U0AGENT", State::approved)};
    desk.store.before_commit = [&desk] {
        Transaction change{Desk::noon};
        advance(change, desk.stored(), Event::start, "countersign");
        desk.apply(std::move(change));
    };
    cancel(desk, "U0AGENT");
    CHECK(desk.stored().state == State::executing);
    CHECK(has(note_text(desk.last()), "too late to cancel"));
}

TEST_CASE("a cancelling that cannot be stored is not acknowledged", "[decisions]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 4U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    CHECK(rejected(cancel(desk, "U0AGENT")) == answer);
    CHECK(desk.store.tried.size() == tries);
    CHECK(desk.stored().state == State::pending);
}

TEST_CASE("who cancels in the Home is answered by a window, and not by a note", "[decisions]")
{
    WaitingDesk desk;
    const auto answer = desk.send(desk.click_in_home("U0AGENT", cancel_action, "cs-1"));
    CHECK(desk.stored().state == State::cancelled);
    CHECK(note_text(desk.last()).empty());
    CHECK(modal_callback(answer) == "explanation");
    CHECK(has(modal_text(answer), "Cancelled. Nothing was changed."));
    const auto& opened = std::get<OpenView>(answer.then.value());
    CHECK(opened.user == SlackUserId{"U0AGENT"});
    CHECK(opened.trigger_id.matches("trigger of U0AGENT"));
    CHECK_FALSE(opened.fallback);
}

TEST_CASE("a note is sent where the press was, or by the address that came with it", "[decisions]")
{
    WaitingDesk desk;
    auto click = desk.click("U0AGENT", cancel_action, "cs-1");
    SECTION("in a channel without a response_url") { click.response_url.reset(); }
    SECTION("by the response_url alone")
    {
        click.channel.reset();
        click.message_ts.reset();
    }
    const auto answer = desk.send(std::move(click));
    CHECK_FALSE(answer.then);
    CHECK(note_text(desk.last()) == "Cancelled. Nothing was changed.");
}
