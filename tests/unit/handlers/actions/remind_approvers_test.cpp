#include "handlers/rules/transitions.hpp"
#include "handlers/rules/waiting.hpp"
#include "handlers/views/actions.hpp"
#include "tests/unit/handlers/desk.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

HandlerResult remind(Desk& desk, const std::string& user) { return desk.send(desk.click(user, remind_action, "cs-1")); }

void check_rebuffed(
    Desk& desk, const std::string& user, const std::string& why, const std::string& words, const std::string& jobs = {})
{
    const Request before = desk.stored();
    CHECK(std::holds_alternative<slack::Acknowledged>(remind(desk, user).answer));
    CHECK(only_row(desk.last()) == "decision_not_accepted " + user + " cs-1 action=request.remind why=" + why);
    CHECK(jobs_text(desk.last()) == jobs);
    CHECK(has(note_text(desk.last()), words));
    CHECK(to_document(desk.stored()) == to_document(before));
}

}  // namespace

TEST_CASE("a reminder is counted, dated, recorded and said", "[decisions]")
{
    WaitingDesk desk;
    desk.clock.advance(5min);
    remind(desk, "U0AGENT");
    CHECK(desk.stored().reminders == 1);
    CHECK(desk.stored().reminded_at == Desk::noon + 5min);
    CHECK(desk.stored().state == State::pending);
    CHECK(only_row(desk.last()) == "reminder_sent U0AGENT cs-1 number=1");
    CHECK(jobs_text(desk.last()) == "thread_line:asked_for_reminder");
    CHECK(note_text(desk.last()) == "The team leads are reminded in the thread of the card.");
    REQUIRE(desk.last().replay);
    CHECK(desk.last().replay->digest == "interaction 1");
}

TEST_CASE("between two reminders lie ten minutes, to the millisecond, and the words say when they end", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.reminders = 1;
    request.reminded_at = Desk::noon;
    WaitingDesk desk{request};
    desk.clock.set(Desk::noon + 10min - Milliseconds{1});
    check_rebuffed(desk, "U0AGENT", "reminded_lately", "Try again from <!date^1795349400^", "card:again");
    desk.clock.set(Desk::noon + 10min);
    remind(desk, "U0AGENT");
    CHECK(desk.stored().reminders == 2);
    CHECK(only_row(desk.last()) == "reminder_sent U0AGENT cs-1 number=2");
}

TEST_CASE("nobody is reminded of what does not wait for a decision", "[decisions]")
{
    const auto [state, word] = GENERATE(table<State, std::string>(
        {{State::looking_up, "*"},
         {State::choosing, "*"},
         {State::approved, "*Working*"},
         {State::changed, "*Done*"},
         {State::denied, "*Denied*"},
         {State::expired, "*Expired*"}}));
    WaitingDesk desk{Desk::request_of("U0AGENT", state)};
    remind(desk, "U0AGENT");
    CHECK(has(note_text(desk.last()), "does not wait for a team lead. It is " + word));
    CHECK(jobs_text(desk.last()).empty());
    CHECK(desk.last().audit.empty());
    CHECK(desk.stored().reminders == 0);
}

TEST_CASE("nobody is reminded while everything is frozen, and the words say who froze", "[decisions]")
{
    WaitingDesk desk;
    desk.freeze("U0LEAD", "a stolen session");
    check_rebuffed(desk, "U0AGENT", "frozen", "Nobody was reminded. *Frozen* by <@U0LEAD>");
}

TEST_CASE("only who asked, and may still ask, has the approvers reminded", "[decisions]")
{
    WaitingDesk desk;
    check_rebuffed(desk, "U0IMPL", "not_the_requester", "only the person who made the request");
    desk.people.members.at("U0AGENT").email = Email{"ada@acme.example"};
    check_rebuffed(desk, "U0AGENT", "own_account", "The account is your own");
    desk.people.members.at("U0AGENT") = Member{MemberStatus::member, {}, std::nullopt};
    check_rebuffed(desk, "U0AGENT", "not_a_requester", "You can still cancel what you asked for");
    desk.people.answers = false;
    check_rebuffed(desk, "U0AGENT", "rights_unknown", "I cannot check your rights");
}

TEST_CASE("support has nobody reminded of a first password", "[decisions]")
{
    Request request = Desk::request_of("U0AGENT", State::pending);
    request.purpose = Purpose::first_password;
    WaitingDesk desk{request};
    check_rebuffed(desk, "U0AGENT", "not_an_implementer", "Nothing was done.");
}

TEST_CASE("from its time on nobody is reminded of a request though its expiry is late: it expires", "[decisions]")
{
    const auto late = GENERATE(Milliseconds{-1}, Milliseconds{0}, Milliseconds{1});
    WaitingDesk desk;
    desk.clock.set(Desk::noon + 4h + late);
    remind(desk, "U0AGENT");
    const bool is_late = late >= Milliseconds{0};
    CHECK(desk.stored().state == (is_late ? State::expired : State::pending));
    CHECK(desk.stored().reminders == (is_late ? 0 : 1));
    const std::string words =
        is_late ? "the request had expired when you clicked" : "reminded in the thread of the card";
    CHECK(has(note_text(desk.last()), words));
}

TEST_CASE("two who press for a reminder at the same moment are one reminder", "[decisions]")
{
    WaitingDesk desk;
    desk.store.before_commit = [&desk] {
        Transaction change{Desk::noon};
        add_reminder(change, desk.stored(), ThreadLine::reminder, "countersign");
        desk.apply(std::move(change));
    };
    remind(desk, "U0AGENT");
    CHECK(desk.stored().reminders == 1);
    CHECK(has(note_text(desk.last()), "less than ten minutes old"));
}

TEST_CASE("a reminder that cannot be stored is not acknowledged", "[decisions]")
{
    const auto [fault, answer, tries] = GENERATE(table<Errc, Errc, std::size_t>(
        {{Errc::replayed, Errc::replayed, 1U},
         {Errc::conflict, Errc::unavailable, 4U},
         {Errc::unavailable, Errc::unavailable, 1U}}));
    WaitingDesk desk;
    desk.store.refuses = fault;
    CHECK(rejected(remind(desk, "U0AGENT")) == answer);
    CHECK(desk.store.tried.size() == tries);
}

TEST_CASE("who has the approvers reminded in the Home is answered by a window", "[decisions]")
{
    WaitingDesk desk;
    const auto answer = desk.send(desk.click_in_home("U0AGENT", remind_action, "cs-1"));
    CHECK(has(modal_text(answer), "The team leads are reminded"));
    CHECK(note_text(desk.last()).empty());
}
