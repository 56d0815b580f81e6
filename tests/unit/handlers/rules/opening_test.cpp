#include "handlers/rules/opening.hpp"

#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Move = HandoverEvent;
using Words = Aftermath::Words;

const TimePoint& pressed = drawn_at;
constexpr auto its_time = 5min;

// Its first window, or after it was shown in that one its second, is being opened.
Handover opening(HandoverState state = HandoverState::opening)
{
    const bool is_again = state == HandoverState::reopening;
    Handover handover;
    handover.state = state;
    handover.pressed_at = pressed;
    handover.shown_at = is_again ? pressed - 1min : pressed;
    handover.until = pressed + its_time;
    handover.windows = is_again ? 2 : 1;
    handover.window = is_again ? 1 : 0;
    return handover;
}

Request request_with(const Handover& handover)
{
    Request request = sample_request(State::changed);
    request.handover = handover;
    return request;
}

std::string why_late(const Handover& handover, TimePoint now)
{
    const auto end = lateness(handover, now);
    if (!end) return {};
    CHECK(end->event == Move::give_back);
    return end->why;
}

}  // namespace

TEST_CASE("what must not be shown any more is destroyed, or closed where it was shown before", "[handover]")
{
    CHECK(taken_away(opening(), "replaced").event == Move::destroy);
    CHECK(taken_away(opening(HandoverState::reopening), "replaced").event == Move::close);
    CHECK(taken_away(opening(), "replaced").why == "replaced");
    CHECK_FALSE(taken_away(opening(), "replaced").is_shown());
}

TEST_CASE("without the right to it nothing is shown; only an address that Slack does not tell may pass", "[handover]")
{
    for (const Denial denial :
         {Denial::deactivated, Denial::guest, Denial::not_a_requester, Denial::own_account,
          Denial::own_account_unknown})
    {
        CAPTURE(name_of(denial));
        const bool may_pass = denial == Denial::own_account_unknown;
        const OpeningEnd first = withheld(opening(), denial);
        CHECK(first.event == (may_pass ? Move::give_back : Move::destroy));
        CHECK(first.why == name_of(denial));
        CHECK(first.denial == denial);
        const OpeningEnd again = withheld(opening(HandoverState::reopening), denial);
        CHECK(again.event == (may_pass ? Move::give_back : Move::close));
    }
}

TEST_CASE("while everything is stopped it is given back, with who stopped it", "[handover]")
{
    const OpeningEnd end = held_back(Refusal{"frozen", "Lead stopped it."});
    CHECK(end.event == Move::give_back);
    CHECK(end.why == "frozen");
    CHECK(end.freeze == "Lead stopped it.");
}

TEST_CASE("a password is replaced by another request's password, and by nothing else", "[handover]")
{
    Request request = sample_request(State::changed);
    Request other = request;
    other.id = RequestId{"cs-other"};
    CHECK(is_replaced(request, other));
    CHECK_FALSE(is_replaced(request, request));
    CHECK_FALSE(is_replaced(request, std::nullopt));
    other.format = PasswordFormat::link;
    CHECK_FALSE(is_replaced(request, other));
    other.format = request.format;
    request.format = PasswordFormat::link;
    CHECK_FALSE(is_replaced(request, other));
}

TEST_CASE("a window is filled within 45 seconds, and not when its time is nearly over", "[handover]")
{
    const Handover first = opening();
    CHECK(filled_until(first) == pressed + 45s);
    CHECK(why_late(first, pressed + 45s - 1ms).empty());
    CHECK(why_late(first, pressed + 45s) == "too_late");

    Handover again = opening(HandoverState::reopening);
    CHECK(filled_until(again) == pressed + 45s);
    CHECK(why_late(again, pressed + 45s) == "too_late");
    again.until = pressed + 40s;
    CHECK(filled_until(again) == pressed + 25s);
    CHECK(why_late(again, pressed + 25s - 1ms).empty());
    CHECK(why_late(again, pressed + 25s) == "nearly_over");
    // The first sight begins the five minutes.
    Handover late = opening();
    late.until = pressed + 1s;
    CHECK(why_late(late, pressed + 44s).empty());
}

TEST_CASE("only another window than the newest has to be emptied first", "[handover]")
{
    Handover handover = opening(HandoverState::reopening);
    CHECK(former_window(handover) == 1);
    handover.window = handover.windows;
    CHECK(former_window(handover) == 0);
    CHECK(former_window(opening()) == 0);
}

TEST_CASE("what may have arrived at any of the tries counts as shown", "[handover]")
{
    for (const auto& [code, may] : std::vector<std::pair<Errc, bool>>{
             {Errc::unavailable, true},
             {Errc::answer_lost, true},
             {Errc::unreachable, false},
             {Errc::rate_limited, false},
             {Errc::refused, false},
             {Errc::not_found, false}})
        CHECK(may_have_arrived(Problem{code}) == may);
    CHECK(unfilled(true, "http_500").event == Move::lose);
    CHECK(unfilled(true, "http_500").is_shown());
    CHECK(unfilled(false, "http_500").event == Move::give_back);
    CHECK(shown().is_shown());
}

TEST_CASE("an outcome is recorded once, and only while that window is being opened", "[handover]")
{
    const TimePoint now = pressed + 10s;
    CHECK(recorded_event(request_with(opening()), 1, shown(), now) == Move::show);
    CHECK(recorded_event(request_with(opening(HandoverState::reopening)), 2, shown(), now) == Move::show);
    CHECK_FALSE(recorded_event(request_with(opening(HandoverState::reopening)), 1, shown(), now));
    for (const HandoverState state :
         {HandoverState::ready, HandoverState::shown, HandoverState::expired, HandoverState::destroyed})
        CHECK_FALSE(recorded_event(request_with(opening(state)), 1, shown(), now));
    CHECK_FALSE(recorded_event(sample_request(State::changed), 1, shown(), now));
}

TEST_CASE("what was not shown by the end of its time is expired, not given back", "[handover]")
{
    const TimePoint over = pressed + its_time;
    const OpeningEnd back = given_back("too_late");
    CHECK(recorded_event(request_with(opening()), 1, back, over - 1ms) == Move::give_back);
    CHECK(recorded_event(request_with(opening()), 1, back, over) == Move::expire);
    CHECK(recorded_event(request_with(opening()), 1, shown(), over) == Move::show);
    // What was shown before does not expire.
    CHECK(recorded_event(request_with(opening(HandoverState::reopening)), 2, back, over) == Move::give_back);
}

TEST_CASE("what the windows say in the end follows from how the opening ended, and what came between", "[handover]")
{
    struct Row
    {
        const char* sentence;
        OpeningEnd end;
        bool is_recorded;
        bool is_closed;
        bool is_late;
        int emptied;
        Words words;
        bool may_be_noted;
    };
    const OpeningEnd back = given_back("too_late");
    const OpeningEnd closed{Move::close, "replaced"};
    const OpeningEnd destroyed{Move::destroy, "replaced"};
    const OpeningEnd perhaps = unfilled(true, "http_500");
    const std::vector<Row> rows = {
        {"what is shown stays", shown(), true, false, false, 0, Words::none, false},
        {"what may be shown stays", perhaps, true, false, false, 0, Words::none, false},
        {"closed while it was filled, it is emptied", shown(), false, true, false, 2, Words::none, false},
        {"over while it was filled, it is emptied", perhaps, true, false, true, 2, Words::none, false},
        {"what is given back says why, also beside the button", back, true, false, false, 0, Words::why, true},
        {"given back too late for another press, it still says why", back, true, false, true, 0, Words::why, true},
        {"given back and closed, it is over", back, true, true, false, 0, Words::over, false},
        {"what was settled before is over", back, false, false, false, 0, Words::over, false},
        {"what is taken away is emptied where it was shown", closed, true, true, false, 1, Words::why, false},
        {"taken away after all was over, it is over", closed, false, true, false, 1, Words::over, false},
        {"what is destroyed says why", destroyed, true, true, false, 0, Words::why, false},
    };
    for (const Row& row : rows)
    {
        CAPTURE(row.sentence);
        Handover latest = opening(HandoverState::reopening);
        latest.is_closed = row.is_closed;
        const TimePoint now = row.is_late ? latest.until : latest.until - 1ms;
        const Aftermath due = aftermath(latest, 2, row.end, row.is_recorded, now);
        CHECK(due.emptied == row.emptied);
        CHECK((due.words == row.words));
        CHECK(due.may_be_noted == row.may_be_noted);
    }
    Handover only = opening(HandoverState::reopening);
    only.window = only.windows;
    CHECK(aftermath(only, 2, closed, true, pressed).emptied == 0);
    CHECK(aftermath(opening(), 1, closed, true, pressed).emptied == 0);
}
