#include "handlers/rules/handover_jobs.hpp"

#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Pressed at drawn_at, if it was; over 15 minutes later.
Request request_in(HandoverState state)
{
    Request request = sample_request(State::changed);
    request.updated_at = drawn_at;
    Handover handover;
    handover.state = state;
    handover.until = drawn_at + 15min;
    if (state != HandoverState::ready)
    {
        handover.shown_at = drawn_at;
        handover.pressed_at = drawn_at;
        handover.windows = handover.window = 1;
    }
    request.handover = handover;
    return request;
}

std::string text_of(const std::optional<Later>& later)
{
    return later ? later->why + " " + std::to_string(later->wait.count()) : "now";
}

}  // namespace

TEST_CASE("what nobody pressed for expires at its time, not while it is opened or nobody could be told", "[handover]")
{
    Request request = request_in(HandoverState::ready);
    CHECK(text_of(expiry_waits(request, true, drawn_at + 15min - 1ms)) == "not_over_yet 1");
    CHECK(text_of(expiry_waits(request, true, drawn_at)) == "not_over_yet 900");
    CHECK(text_of(expiry_waits(request, true, drawn_at + 15min)) == "now");
    CHECK(text_of(expiry_waits(request, false, drawn_at + 15min)) == "not_told_yet 60");
    CHECK(text_of(expiry_waits(request, false, drawn_at + 2h - 1ms)) == "not_told_yet 60");
    CHECK(text_of(expiry_waits(request, false, drawn_at + 2h)) == "now");
    request.format = PasswordFormat::link;
    CHECK(text_of(expiry_waits(request, false, drawn_at + 15min)) == "now");
    CHECK(text_of(expiry_waits(request_in(HandoverState::opening), true, drawn_at + 1h)) == "opening 90");
    CHECK(text_of(expiry_waits(sample_request(State::changed), true, drawn_at + 1h)) == "now");
}

TEST_CASE("a press is lost when its outcome was not recorded within its time", "[handover]")
{
    const TimePoint late = drawn_at + opening_settled_after;
    for (const auto& [state, expected] :
         {std::pair{HandoverState::opening, LostPress::may_be_seen},
          {HandoverState::reopening, LostPress::was_seen},
          {HandoverState::ready, LostPress::none},
          {HandoverState::shown, LostPress::none},
          {HandoverState::expired, LostPress::none},
          {HandoverState::destroyed, LostPress::none}})
    {
        CAPTURE(static_cast<int>(state));
        CHECK((lost_press(request_in(state), late) == expected));
        CHECK((lost_press(request_in(state), late - 1ms) == LostPress::none));
    }
    CHECK((lost_press(sample_request(State::changed), late) == LostPress::none));
}

TEST_CASE(
    "the spelling is shown while the window is open, and so early that no answer refills an emptied one", "[handover]")
{
    const TimePoint last = drawn_at + spelling_shown_for;
    CHECK((spelling_of(request_in(HandoverState::shown), last - 1ms) == Spelling::now));
    CHECK((spelling_of(request_in(HandoverState::shown), last) == Spelling::too_late));
    CHECK((spelling_of(request_in(HandoverState::opening), last - 1ms) == Spelling::not_yet));
    CHECK((spelling_of(request_in(HandoverState::reopening), last - 1ms) == Spelling::not_yet));
    CHECK((spelling_of(request_in(HandoverState::ready), last - 1ms) == Spelling::too_late));
    CHECK((spelling_of(sample_request(State::changed), last - 1ms) == Spelling::too_late));
    Request closed = request_in(HandoverState::shown);
    closed.handover->is_closed = true;
    CHECK((spelling_of(closed, last - 1ms) == Spelling::too_late));
}

TEST_CASE("a window that was spelled into is emptied when it is not the open one any more", "[handover]")
{
    CHECK_FALSE(is_spelled_in_vain(request_in(HandoverState::shown), 1));
    CHECK(is_spelled_in_vain(request_in(HandoverState::shown), 2));
    CHECK(is_spelled_in_vain(request_in(HandoverState::reopening), 1));
    CHECK_FALSE(is_spelled_in_vain(sample_request(State::changed), 1));
    Request closed = request_in(HandoverState::shown);
    closed.handover->is_closed = true;
    CHECK(is_spelled_in_vain(closed, 1));
}

TEST_CASE("whatever job of a hand-over is given up, the password does not stay", "[handover]")
{
    using Event = HandoverEvent;
    CHECK((event_of_lost_job(request_in(HandoverState::ready), false) == Event::destroy));
    CHECK((event_of_lost_job(request_in(HandoverState::opening), false) == Event::lose));
    CHECK((event_of_lost_job(request_in(HandoverState::reopening), false) == Event::give_back));
    CHECK((event_of_lost_job(request_in(HandoverState::reopening), true) == Event::close));
    CHECK((event_of_lost_job(request_in(HandoverState::shown), false) == Event::close));
    Request closed = request_in(HandoverState::shown);
    closed.handover->is_closed = true;
    CHECK_FALSE(event_of_lost_job(closed, true));
    CHECK_FALSE(event_of_lost_job(request_in(HandoverState::expired), false));
    CHECK_FALSE(event_of_lost_job(request_in(HandoverState::destroyed), false));
    CHECK_FALSE(event_of_lost_job(sample_request(State::changed), false));
    // None of them is a mistake in the eyes of the table.
    for (const auto state :
         {HandoverState::ready, HandoverState::opening, HandoverState::shown, HandoverState::reopening})
        for (const bool is_closing : {false, true})
            CHECK(may_advance(request_in(state), *event_of_lost_job(request_in(state), is_closing), drawn_at));
}
