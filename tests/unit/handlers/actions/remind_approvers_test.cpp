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
