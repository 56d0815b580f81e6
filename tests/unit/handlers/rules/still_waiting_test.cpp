#include "handlers/rules/still_waiting.hpp"

#include "tests/unit/handlers/rules/decisions.hpp"
#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

Request decided(State state)
{
    Request request = sample_request(state);
    request.decision = Decision{SlackUserId{"U0LEA"}, drawn_at + 3min};
    return request;
}

}  // namespace

TEST_CASE("a request waits for Auth0 from its look-up on, and again once its change is due", "[waiting]")
{
    const TimePoint now = drawn_at + 1h;
    const Request looking = sample_request(State::looking_up);
    CHECK(waits_since(looking, now) == looking.updated_at);
    for (const State state : {State::approved, State::executing, State::checking})
    {
        Request request = decided(state);
        CHECK(waits_since(request, now) == drawn_at + 3min);
        request.change_from = drawn_at + 30min;
        CHECK(waits_since(request, now) == drawn_at + 30min);
        CHECK_FALSE(waits_since(request, drawn_at + 29min));
    }
    for (const State state : {State::choosing, State::pending, State::changed, State::failed, State::unknown})
        CHECK_FALSE(waits_since(decided(state), now));
}

TEST_CASE("half a minute after a wait began it is said where people look, and only there", "[waiting]")
{
    Request request = decided(State::approved);
    const TimePoint begun = drawn_at + 3min;
    CHECK(text_of(still_waiting(request, false, begun + 29'999ms)) == "later 1 not_long_yet");
    CHECK(text_of(still_waiting(request, false, begun)) == "later 30 not_long_yet");
    CHECK(text_of(still_waiting(request, false, begun + 30s)) == "card/waiting");
    request.reply = ReplyPath{Sealed{"x"}, begun, ChannelId{"C1"}};
    CHECK(text_of(still_waiting(request, false, begun + 30s)) == "card/waiting answer/waiting");
    Request looking = sample_request(State::looking_up);
    looking.asked = false;
    CHECK(text_of(still_waiting(looking, false, looking.updated_at + 30s)) == "nothing");
    looking.in_modal = true;
    CHECK(text_of(still_waiting(looking, false, looking.updated_at + 30s)) == "answer/waiting");
}

TEST_CASE("a freeze says itself that it holds a change; it holds no look-up", "[waiting]")
{
    CHECK(text_of(still_waiting(decided(State::executing), true, drawn_at + 1h)) == "done");
    Request looking = sample_request(State::looking_up);
    CHECK(text_of(still_waiting(looking, true, drawn_at + 1h)) == "card/waiting");
    CHECK(text_of(still_waiting(decided(State::changed), false, drawn_at + 1h)) == "done");
}
