#include "handlers/model/state.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace countersign;

namespace {

const std::vector<State> all_states = {State::looking_up, State::choosing, State::pending, State::approved,
                                       State::executing,  State::checking, State::changed, State::denied,
                                       State::cancelled,  State::expired,  State::refused, State::failed,
                                       State::unknown};

const std::vector<Event> all_events = {Event::ask,         Event::resume,  Event::found,  Event::refuse,
                                       Event::endorse,     Event::approve, Event::deny,   Event::cancel,
                                       Event::expire,      Event::start,   Event::prove,  Event::reject,
                                       Event::lose_answer, Event::resend,  Event::give_up};

}  // namespace

TEST_CASE("nothing leads out of a final state", "[requests]")
{
    for (const State state : all_states)
        for (const Event event : all_events)
            if (is_final(state)) CHECK_FALSE(next(state, event));
}

TEST_CASE("a request is approved only while it is pending, and denied until it is carried out", "[requests]")
{
    for (const State state : all_states)
    {
        for (const Event event : {Event::endorse, Event::approve})
            CHECK(next(state, event).has_value() == (state == State::pending));
        CHECK(next(state, Event::deny).has_value() == (state == State::pending || state == State::approved));
    }
}

TEST_CASE("what was sent to Auth0 can neither be cancelled nor expire", "[requests]")
{
    for (const State state : {State::executing, State::checking})
        for (const Event event : {Event::cancel, Event::expire, Event::deny}) CHECK_FALSE(next(state, event));
}

TEST_CASE("changed is reached only by a proof, and only from where a change may have been sent", "[requests]")
{
    for (const State state : all_states)
        for (const Event event : all_events)
            if (next(state, event) == State::changed)
            {
                CHECK(event == Event::prove);
                CHECK((state == State::executing || state == State::checking));
            }
}

TEST_CASE("a state's stored name leads back to it, and no other name does", "[requests]")
{
    for (const State state : all_states) CHECK(state_named(name_of(state)) == state);
    CHECK_FALSE(state_named(""));
    CHECK_FALSE(state_named("Pending"));
    CHECK_FALSE(state_named("corrupt"));
}
