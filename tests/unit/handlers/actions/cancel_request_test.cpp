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
