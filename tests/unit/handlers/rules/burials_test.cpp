#include "handlers/rules/burials.hpp"

#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;

TEST_CASE("a look-up, or the begin of a change, that is given up rejects what waits for it, and nothing else", "[jobs]")
{
    for (const State state : every_state)
    {
        CAPTURE(name_of(state));
        const Request request = sample_request(state);
        CHECK((after_lost_look_up(request) == Event::reject) == (state == State::looking_up));
        CHECK((after_lost_begin(request) == Event::reject) == (state == State::approved));
        CHECK(after_lost_look_up(request).has_value() == (state == State::looking_up));
        CHECK(after_lost_begin(request).has_value() == (state == State::approved));
    }
}

TEST_CASE("a card that is given up rejects a request that nobody can decide, unless there is a card", "[jobs]")
{
    for (const State state : every_state)
    {
        CAPTURE(name_of(state));
        CHECK(after_lost_card(sample_request(state), false).has_value() == (state == State::pending));
        CHECK_FALSE(after_lost_card(sample_request(state), true));
    }
    CHECK(after_lost_card(sample_request(State::pending), false) == Event::reject);
}

TEST_CASE("a change that is given up is rejected only while nothing can have been applied", "[jobs]")
{
    Request request = sample_request(State::approved);
    CHECK(after_lost_change(request) == Event::reject);
    request.state = State::executing;
    CHECK(after_lost_change(request) == Event::reject);  // a link
    request.intent.emplace();
    CHECK(after_lost_change(request) == Event::reject);
    request.intent->sends = 1;
    CHECK(after_lost_change(request) == Event::lose_answer);
    request.state = State::checking;
    CHECK(after_lost_change(request) == Event::give_up);
    for (const State state : every_state)
    {
        if (state == State::approved || state == State::executing || state == State::checking) continue;
        CAPTURE(name_of(state));
        request.state = state;
        CHECK_FALSE(after_lost_change(request));
    }
}
