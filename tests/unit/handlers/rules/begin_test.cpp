#include "handlers/rules/begin.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <vector>

using namespace countersign;
using namespace countersign::rules;
using namespace std::chrono_literals;

namespace {

using Kind = Beginning::Kind;

constexpr TimePoint noon{12h};

Request approved_request(std::optional<TimePoint> change_from = {})
{
    Request request{RequestId{"cs-1"}, SlackUserId{"U1"}, Email{"ada@example.com"}, std::nullopt, TimePoint{}};
    request.state = State::approved;
    request.decision = Decision{SlackUserId{"U2"}, noon};
    request.change_from = change_from;
    return request;
}

}  // namespace

TEST_CASE("an approved request is carried out within two hours", "[rules][begin]")
{
    CHECK(beginning_of(approved_request(), false, noon).kind == Kind::now);
    CHECK(beginning_of(approved_request(), false, noon + 2h).kind == Kind::now);
    const Beginning late = beginning_of(approved_request(), false, noon + 2h + 1ms);
    CHECK(late.kind == Kind::never);
    CHECK(late.ending == Ending::approval_too_old);
}

TEST_CASE("a request that cools waits until its time, frozen or not, in whole seconds", "[rules][begin]")
{
    const Request request = approved_request(noon + 10min);
    const bool is_frozen = GENERATE(true, false);
    const Beginning early = beginning_of(request, is_frozen, noon + 9min + 58500ms);
    CHECK(early.kind == Kind::later);
    CHECK(early.wait == 2s);
    CHECK(early.why == "cooling");
    CHECK(beginning_of(request, false, noon + 10min).kind == Kind::now);
}

TEST_CASE("the two hours of a request that cooled begin when it has", "[rules][begin]")
{
    const Request request = approved_request(noon + 3h);
    CHECK(beginning_of(request, false, noon + 5h).kind == Kind::now);
    CHECK(beginning_of(request, false, noon + 5h + 1ms).kind == Kind::never);
}

TEST_CASE("a time before the decision puts nothing off and lapses nothing", "[rules][begin]")
{
    const Request request = approved_request(noon - 3h);
    CHECK(beginning_of(request, false, noon + 2h).kind == Kind::now);
    CHECK(beginning_of(request, false, noon - 1s).kind == Kind::later);
}

TEST_CASE("a frozen request is looked at twice a minute until its approval is too old", "[rules][begin]")
{
    const Beginning held = beginning_of(approved_request(), true, noon + 2h);
    CHECK(held.kind == Kind::later);
    CHECK(held.wait == 30s);
    CHECK(held.why == "frozen");
    const Beginning late = beginning_of(approved_request(), true, noon + 2h + 1ms);
    CHECK(late.kind == Kind::never);
    CHECK(late.ending == Ending::frozen_too_long);
}

TEST_CASE("what a job finds stored says how far the change had come", "[rules][begin]")
{
    struct Row
    {
        State state;
        std::optional<int> sends;  // nullopt: no intent
        Stage stage;
    };
    const std::vector<Row> rows = {
        {State::looking_up, {}, Stage::over},
        {State::choosing, {}, Stage::over},
        {State::pending, {}, Stage::over},
        {State::approved, {}, Stage::nothing_sent},
        {State::executing, {}, Stage::nothing_sent},
        {State::executing, 0, Stage::nothing_sent},
        {State::executing, 1, Stage::perhaps_sent},
        {State::executing, 2, Stage::perhaps_sent},
        {State::checking, 1, Stage::answer_lost},
        {State::changed, 1, Stage::over},
        {State::denied, {}, Stage::over},
        {State::cancelled, {}, Stage::over},
        {State::expired, {}, Stage::over},
        {State::refused, {}, Stage::over},
        {State::failed, 1, Stage::over},
        {State::unknown, 1, Stage::over},
    };
    for (const Row& row : rows)
    {
        CAPTURE(name_of(row.state));
        Request request = approved_request();
        request.state = row.state;
        if (row.sends) request.intent.emplace().sends = *row.sends;
        CHECK((stage_of(request) == row.stage));
    }
}

TEST_CASE(
    "each send is counted with its moment; the time in which it is settled begins with the first", "[rules][begin]")
{
    struct Row
    {
        State from;
        int sends;
        State to;
        TimePoint started_at;
    };
    const TimePoint now = noon + 1min;
    for (const Row& row :
         {Row{State::approved, 0, State::executing, now}, Row{State::executing, 0, State::executing, now},
          Row{State::executing, 1, State::executing, noon}, Row{State::checking, 1, State::executing, noon}})
    {
        CAPTURE(name_of(row.from), row.sends);
        Request request = approved_request();
        request.state = row.from;
        request.intent.emplace().sends = row.sends;
        request.intent->started_at = noon;
        Transaction change{now};
        add_send(change, request);
        REQUIRE(change.update);
        CHECK(change.update->state == row.to);
        CHECK(change.update->intent->sends == row.sends + 1);
        CHECK(change.update->intent->sent_at == now);
        CHECK(change.update->intent->started_at == row.started_at);
        // Where the state stays, the send has no row of its own.
        CHECK(change.audit.empty() == (row.from == State::executing));
    }
}

TEST_CASE("before any send only a no is final", "[rules][begin]")
{
    for (const Errc code : {Errc::rate_limited, Errc::unreachable, Errc::unavailable, Errc::answer_lost})
        CHECK_FALSE(is_definite(Problem{code}));
    for (const Errc code : {Errc::refused, Errc::forbidden, Errc::not_found, Errc::unsupported, Errc::too_large})
        CHECK(is_definite(Problem{code}));
}
