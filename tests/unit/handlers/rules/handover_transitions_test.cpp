#include "handlers/rules/handover_transitions.hpp"

#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <stdexcept>
#include <tuple>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

constexpr std::array all_states = {HandoverState::ready,     HandoverState::opening, HandoverState::shown,
                                   HandoverState::reopening, HandoverState::expired, HandoverState::destroyed};
constexpr std::array all_events = {HandoverEvent::press,     HandoverEvent::show,   HandoverEvent::lose,
                                   HandoverEvent::give_back, HandoverEvent::expire, HandoverEvent::destroy,
                                   HandoverEvent::close};

Request request_in(HandoverState state)
{
    Request request = sample_request(State::changed);
    Handover handover;
    handover.state = state;
    handover.until = drawn_at + 15min;
    const bool was_shown = state == HandoverState::shown || state == HandoverState::reopening;
    if (was_shown || state == HandoverState::opening) handover.shown_at = drawn_at;
    handover.windows = was_shown || state == HandoverState::opening ? 1 : 0;
    handover.window = was_shown ? 1 : 0;
    handover.times_shown = handover.window;
    if (state == HandoverState::reopening) handover.windows = 2;
    handover.pressed_at = handover.shown_at;
    if (state == HandoverState::expired || state == HandoverState::destroyed) handover.is_closed = true;
    request.handover = handover;
    return request;
}

bool has_job(const Transaction& change, std::string_view kind, TimePoint due)
{
    return std::any_of(
        change.jobs.begin(), change.jobs.end(), [&](const NewJob& job) { return job.kind == kind && job.due == due; });
}

}  // namespace

TEST_CASE("a hand-over moves as its table says, and nothing else is written", "[handover]")
{
    for (const HandoverState state : all_states)
        for (const HandoverEvent event : all_events)
        {
            Transaction change{drawn_at + 1min};
            const bool moved = try_advance(change, request_in(state), event, "U0ADA", "why");
            const auto expected = next(state, event);
            INFO(static_cast<int>(state) << " " << static_cast<int>(event));
            REQUIRE(moved == expected.has_value());
            if (moved)
            {
                REQUIRE(change.update);
                CHECK((change.update->handover->state == *expected));
                REQUIRE(change.audit.size() == 1);
                CHECK(change.audit.front().request == change.update->id);
                continue;
            }
            CHECK_THROWS_AS(advance(change, request_in(state), event, "U0ADA", "why"), std::logic_error);
            CHECK_FALSE(change.update);
            CHECK(change.audit.empty());
            CHECK(change.jobs.empty());
            CHECK(change.credential_step == CredentialStep::none);
        }
}

TEST_CASE("what was, or may have been, shown stays shown, and what is over stays over", "[handover]")
{
    for (const HandoverEvent event : all_events)
    {
        for (const HandoverState state : {HandoverState::shown, HandoverState::reopening})
            if (const auto to = next(state, event))
                CHECK((*to == HandoverState::shown || *to == HandoverState::reopening));
        for (const HandoverState state : {HandoverState::expired, HandoverState::destroyed})
            CHECK_FALSE(next(state, event));
    }
}

TEST_CASE("what was shown is opened again before its time is over, unless it is closed", "[handover]")
{
    Request request = request_in(HandoverState::shown);
    const TimePoint until = request.handover->until;
    for (const auto& [at, is_closed, opens] :
         {std::tuple{until - 1ms, false, true},
          {until, false, false},
          {until + 1h, false, false},
          {until - 1ms, true, false}})
    {
        request.handover->is_closed = is_closed;
        Transaction change{at};
        CHECK(may_open_again(*request.handover, at) == opens);
        CHECK(try_advance(change, request, HandoverEvent::press, "U0ADA") == opens);
        CHECK(change.update.has_value() == opens);
        CHECK(change.audit.size() == (opens ? 1 : 0));
    }
}

TEST_CASE("another opening has a window of its own, and gives no more time", "[handover]")
{
    Transaction press{drawn_at + 2min};
    advance(press, request_in(HandoverState::shown), HandoverEvent::press, "U0ADA");
    const Handover& opening = *press.update->handover;
    CHECK((opening.state == HandoverState::reopening));
    CHECK(opening.windows == 2);
    CHECK(opening.window == 1);
    CHECK(opening.pressed_at == drawn_at + 2min);
    CHECK(opening.shown_at == drawn_at);
    CHECK(has_job(press, job_kind::handover_settle, drawn_at + 2min + opening_settled_after));
    for (const HandoverEvent event : {HandoverEvent::show, HandoverEvent::lose, HandoverEvent::give_back})
    {
        Transaction change{drawn_at + 2min + 5s};
        advance(change, *press.update, event, "countersign");
        const Handover& shown = *change.update->handover;
        const bool is_back = event == HandoverEvent::give_back;
        CHECK((shown.state == HandoverState::shown));
        CHECK(shown.until == drawn_at + 15min);
        CHECK(shown.shown_at == drawn_at);
        CHECK(shown.window == (is_back ? 1 : 2));
        CHECK(shown.times_shown == (is_back ? 1 : 2));
        // It was seen for certain before.
        CHECK(shown.is_certain);
        CHECK(change.jobs.size() == 1);
        CHECK(change.credential_step == CredentialStep::none);
    }
}

TEST_CASE("one certain sight is enough", "[handover]")
{
    Request request = request_in(HandoverState::reopening);
    request.handover->is_certain = false;
    Transaction change{drawn_at + 2min};
    advance(change, request, HandoverEvent::show, "countersign");
    CHECK(change.update->handover->is_certain);
}

TEST_CASE("closing a window ends nothing, and is recorded once a window", "[handover]")
{
    for (const HandoverState state : {HandoverState::opening, HandoverState::shown, HandoverState::reopening})
    {
        const Request request = request_in(state);
        const int newest = request.handover->windows;
        Transaction change{drawn_at + 1min};
        REQUIRE(leave(change, request, newest, "U0ADA").has_value());
        CHECK(change.audit.size() == 1);
        CHECK(change.audit.front().action == "handover_window_closed");
        CHECK(change.audit.front().actor == "U0ADA");
        CHECK(
            (change.audit.front().details.back() ==
             std::pair<std::string, std::string>{"opening", std::to_string(newest)}));
        CHECK((change.update->handover->state == state));
        CHECK_FALSE(change.update->handover->is_closed);
        CHECK(change.credential_step == CredentialStep::none);
        CHECK(change.jobs.empty());
        Transaction again{drawn_at + 2min};
        CHECK_FALSE(leave(again, *change.update, newest, "U0ADA").has_value());
        CHECK_FALSE(leave(again, request, newest + 1, "U0ADA").has_value());
        CHECK_FALSE(leave(again, request, 0, "U0ADA").has_value());
        CHECK_FALSE(again.update);
        CHECK(again.audit.empty());
    }
    for (const HandoverState state : {HandoverState::ready, HandoverState::expired, HandoverState::destroyed})
    {
        Transaction change{drawn_at};
        CHECK_FALSE(leave(change, request_in(state), 1, "U0ADA").has_value());
    }
    Request closed = request_in(HandoverState::shown);
    closed.handover->is_closed = true;
    Transaction change{drawn_at};
    CHECK_FALSE(leave(change, closed, 1, "U0ADA").has_value());
    CHECK_FALSE(leave(change, sample_request(State::changed), 1, "U0ADA").has_value());
}

TEST_CASE("whoever closes for good what is being opened has seen it", "[handover]")
{
    Transaction change{drawn_at + 1min};
    advance(change, request_in(HandoverState::opening), HandoverEvent::close, "U0ADA");
    CHECK(change.update->handover->times_shown == 1);
    CHECK(change.update->handover->window == 1);
    Transaction again{drawn_at + 1min};
    advance(again, request_in(HandoverState::reopening), HandoverEvent::close, "U0ADA");
    CHECK(again.update->handover->times_shown == 1);
}

TEST_CASE("a window's names tell which it is", "[handover]")
{
    const RequestId id{"cs-7k3m9p2xq4ab"}, digits{"cs-123456789012"};
    CHECK(handover_view_id(id, 1) == "handover-cs-7k3m9p2xq4ab");
    CHECK(handover_view_id(id, 2) == "handover-cs-7k3m9p2xq4ab-2");
    CHECK(handover_mark(id, 0) == id.str());
    for (const RequestId& request : {id, digits})
        for (const int window : {1, 2, 17, 999})
        {
            const HandoverWindow found = handover_window(handover_mark(request, window));
            CHECK(found.request == request);
            CHECK(found.window == window);
        }
    for (const char* mark :
         {"", "-", "x", "cs-1", "cs-", "cs-1-", "cs-1-x2", "cs-1-2x", "cs-1- 2", "cs-1-+2", "cs-1-99999"})
    {
        INFO(mark);
        CHECK(handover_window(mark).request.str() == mark);
        CHECK(handover_window(mark).window == 1);
    }
}

TEST_CASE("a press is watched, in case its process dies", "[handover]")
{
    Transaction change{drawn_at + 1min};
    advance(change, request_in(HandoverState::ready), HandoverEvent::press, "U0ADA");
    CHECK(change.update->handover->shown_at == drawn_at + 1min);
    CHECK(change.update->handover->until == drawn_at + 15min);
    CHECK(has_job(change, job_kind::handover_settle, drawn_at + 1min + opening_settled_after));
    CHECK(change.credential_step == CredentialStep::none);
    CHECK(change.audit.front().action == "password_shown");
    CHECK(change.audit.front().actor == "U0ADA");
}

TEST_CASE("an open window ends five minutes after the press", "[handover]")
{
    for (const HandoverEvent event : {HandoverEvent::show, HandoverEvent::lose})
    {
        Transaction change{drawn_at + 2s};
        advance(change, request_in(HandoverState::opening), event, "countersign");
        CHECK(change.update->handover->until == drawn_at + shown_for);
        CHECK(change.update->handover->is_certain == (event == HandoverEvent::show));
        CHECK(has_job(change, job_kind::handover_close, drawn_at + shown_for));
        CHECK(has_job(change, job_kind::requester_dm, drawn_at + 2s));
        CHECK(change.credential_step == CredentialStep::none);
    }
}

TEST_CASE("what was not opened is as before the press", "[handover]")
{
    Transaction change{drawn_at + 2s};
    advance(change, request_in(HandoverState::opening), HandoverEvent::give_back, "countersign");
    CHECK_FALSE(change.update->handover->shown_at);
    CHECK(change.update->handover->until == drawn_at + 15min);
    CHECK(change.update->handover->is_certain);
}

TEST_CASE("the end of a hand-over destroys the password, once", "[handover]")
{
    for (const auto& [state, event] :
         {std::pair{HandoverState::ready, HandoverEvent::expire},
          std::pair{HandoverState::ready, HandoverEvent::destroy},
          std::pair{HandoverState::opening, HandoverEvent::destroy},
          std::pair{HandoverState::shown, HandoverEvent::close},
          std::pair{HandoverState::opening, HandoverEvent::close}})
    {
        Transaction change{drawn_at + 1min};
        advance(change, request_in(state), event, "countersign");
        CHECK(change.credential_step == CredentialStep::destroy);
        CHECK(change.update->handover->is_closed);
        Transaction again{drawn_at + 2min};
        CHECK_FALSE(try_advance(again, *change.update, event, "countersign"));
    }
}

TEST_CASE("a request without a password has nothing to hand over", "[handover]")
{
    Transaction change{drawn_at};
    CHECK_FALSE(try_advance(change, sample_request(State::changed), HandoverEvent::press, "U0ADA"));
    CHECK_FALSE(change.update);
}

TEST_CASE("each step writes its own row: what it was about, for whom, and why", "[handover]")
{
    struct Row
    {
        HandoverState from;
        HandoverEvent event;
        const char* action;
    };
    const auto row = GENERATE(
        Row{HandoverState::ready, HandoverEvent::press, "password_shown"},
        Row{HandoverState::opening, HandoverEvent::show, "handover_opened"},
        Row{HandoverState::opening, HandoverEvent::lose, "handover_answer_lost"},
        Row{HandoverState::opening, HandoverEvent::give_back, "handover_not_opened"},
        Row{HandoverState::ready, HandoverEvent::expire, "handover_expired"},
        Row{HandoverState::ready, HandoverEvent::destroy, "handover_destroyed"},
        Row{HandoverState::shown, HandoverEvent::close, "handover_closed"});
    const bool is_link = GENERATE(true, false);
    INFO(row.action);
    Request request = request_in(row.from);
    if (is_link) request.format = PasswordFormat::link;
    Transaction change{drawn_at + 1min};
    advance(change, request, row.event, "U0ACTOR", "a_reason");
    REQUIRE(change.audit.size() == 1);
    const AuditEvent& event = change.audit.front();
    CHECK(event.action == row.action);
    CHECK(event.actor == "U0ACTOR");
    CHECK(event.request == request.id);
    using Details = std::vector<std::pair<std::string, std::string>>;
    Details expected = {{"what", is_link ? "link" : "password"}, {"requester", request.requester.str()}};
    const bool was_pressed = row.from != HandoverState::ready || row.event == HandoverEvent::press;
    if (was_pressed) expected.emplace_back("opening", "1");
    if (row.event == HandoverEvent::close) expected.emplace_back("times_shown", "1");
    Transaction silent{drawn_at + 1min};
    advance(silent, request, row.event, "U0ACTOR");
    CHECK((silent.audit.front().details == expected));
    expected.emplace_back("why", "a_reason");
    CHECK((event.details == expected));
}

TEST_CASE(
    "every step but the press has the requester's message redrawn, and only an open window is watched", "[handover]")
{
    for (const HandoverTransition& move : handover_transitions)
    {
        const bool is_press = move.event == HandoverEvent::press;
        const bool opens = move.from == HandoverState::opening &&
            (move.event == HandoverEvent::show || move.event == HandoverEvent::lose);
        INFO(static_cast<int>(move.from) << " " << static_cast<int>(move.event));
        Transaction change{drawn_at + 1min};
        advance(change, request_in(move.from), move.event, "countersign");
        CHECK(change.jobs.size() == (opens ? 2 : 1));
        CHECK(has_job(change, job_kind::requester_dm, drawn_at + 1min) != is_press);
        CHECK(has_job(change, job_kind::handover_settle, drawn_at + 1min + opening_settled_after) == is_press);
        CHECK(has_job(change, job_kind::handover_close, change.update->handover->until) == opens);
        for (const NewJob& job : change.jobs) CHECK(job.request == change.update->id);
    }
}

TEST_CASE("what expired or was destroyed was not shown", "[handover]")
{
    for (const HandoverEvent event : {HandoverEvent::expire, HandoverEvent::destroy})
    {
        Transaction change{drawn_at + 1min};
        advance(change, request_in(HandoverState::opening), event, "countersign");
        CHECK_FALSE(change.update->handover->shown_at);
        CHECK(change.update->handover->is_closed);
        CHECK(change.credential_step == CredentialStep::destroy);
    }
}

TEST_CASE("what is over is kept: the time of a closed window, and that its answer was lost", "[handover]")
{
    Request request = request_in(HandoverState::shown);
    request.handover->is_certain = false;
    Transaction change{drawn_at + 1min};
    advance(change, request, HandoverEvent::close, "U0ADA");
    CHECK(change.update->handover->shown_at == drawn_at);
    CHECK(change.update->handover->until == drawn_at + 15min);
    CHECK_FALSE(change.update->handover->is_certain);
}

TEST_CASE("a window of which the press is not known is open for five minutes from now", "[handover]")
{
    Request request = request_in(HandoverState::opening);
    request.handover->shown_at.reset();
    Transaction change{drawn_at + 3min};
    advance(change, request, HandoverEvent::lose, "countersign");
    CHECK(change.update->handover->until == drawn_at + 3min + shown_for);
}

TEST_CASE("a password is ready until its time, and something ends it then", "[handover]")
{
    Transaction change{drawn_at};
    Request request = sample_request(State::changed);
    make_ready(change, request, drawn_at + 15min);
    REQUIRE(request.handover);
    CHECK((request.handover->state == HandoverState::ready));
    CHECK(request.handover->until == drawn_at + 15min);
    CHECK_FALSE(request.handover->shown_at);
    CHECK_FALSE(request.handover->is_closed);
    CHECK(request.handover->is_certain);
    REQUIRE(change.jobs.size() == 1);
    CHECK(has_job(change, job_kind::handover_expire, drawn_at + 15min));
    CHECK(change.jobs.front().request == request.id);
}

TEST_CASE("the times of a hand-over are those that people are told", "[handover]")
{
    CHECK(shown_for == 5min);
    CHECK(spelling_shown_for == 4min);
    CHECK(message_arrives_within == 2h);
    CHECK(filled_before_end == 15s);
    CHECK(rights_within == 30s);
    CHECK(filled_within == 45s);
    // The last tries begin before these, and a call takes no longer than fifteen seconds.
    CHECK(filled_within + 15s < opening_settled_after);
    CHECK(opening_settled_after == 90s);
}

TEST_CASE("a window is being opened from its press until it is known what became of it", "[handover]")
{
    for (const HandoverState state : all_states)
    {
        const bool expected = state == HandoverState::opening || state == HandoverState::reopening;
        CHECK(is_opening(*request_in(state).handover) == expected);
    }
}

TEST_CASE("a ledger that did not store the press has that of the first sight", "[handover]")
{
    Handover handover = *request_in(HandoverState::shown).handover;
    handover.pressed_at = drawn_at + 2min;
    CHECK(pressed_at(handover) == drawn_at + 2min);
    handover.pressed_at.reset();
    CHECK(pressed_at(handover) == drawn_at);
}

TEST_CASE("what was shown is over when it was said to be, whenever that was", "[handover]")
{
    for (const HandoverState state : {HandoverState::shown, HandoverState::reopening})
    {
        Handover handover = *request_in(state).handover;
        handover.until = drawn_at + 2min;
        CHECK(over_at(handover) == drawn_at + 2min);
    }
}

TEST_CASE("a window that was given back cannot be left", "[handover]")
{
    Request request = request_in(HandoverState::ready);
    request.handover->windows = 1;
    Transaction change{drawn_at + 1min};
    CHECK(leave(change, request, 1, "U0ADA").error() == Errc::conflict);
    CHECK(change.audit.empty());
}
