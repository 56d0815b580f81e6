#include "handlers/rules/begin.hpp"

#include <catch2/catch.hpp>

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
