#include "handlers/rules/after_change.hpp"

#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;

TEST_CASE("a step waits while it is not known to have ended", "[care]")
{
    Request request = sample_request(State::changed);
    CHECK(result_of(request, after_change::end_sessions) == AfterChange::not_needed);
    CHECK_FALSE(waits_for(request, after_change::end_sessions));
    for (const auto result :
         {AfterChange::waiting, AfterChange::sending, AfterChange::done, AfterChange::failed, AfterChange::not_in_plan,
          AfterChange::not_needed})
    {
        request.after_change["end_sessions"] = result;
        CHECK(result_of(request, after_change::end_sessions) == result);
        const bool is_open = result == AfterChange::waiting || result == AfterChange::sending;
        CHECK(waits_for(request, after_change::end_sessions) == is_open);
    }
}

TEST_CASE("what Auth0 answers to a step says how it ended, or that it is tried again", "[care]")
{
    for (const std::string_view step : after_change::all)
    {
        CAPTURE(step);
        CHECK(judge_step(step, Outcome<void>{}) == StepEnd::done);
        for (const char* reason : {"auth0_plan_missing", "auth0_scope_missing", "auth0_options_scope_missing"})
            CHECK(judge_step(step, Problem{Errc::forbidden, reason}) == StepEnd::not_in_plan);
        CHECK(judge_step(step, Problem{Errc::unsupported, "not_allowed"}) == StepEnd::not_needed);
        for (const Errc code :
             {Errc::unavailable, Errc::rate_limited, Errc::unreachable, Errc::refused, Errc::forbidden})
            CHECK(judge_step(step, Problem{code, "another"}) == StepEnd::again);
    }
}

TEST_CASE("only the mail to the owner is given up with a lost answer: it would be sent twice", "[care]")
{
    for (const std::string_view step : after_change::all)
    {
        CAPTURE(step);
        const bool is_mail = step == after_change::tell_owner;
        CHECK(is_done_once(step) == is_mail);
        const StepEnd end = judge_step(step, Problem{Errc::answer_lost, "timeout"});
        CHECK(end == (is_mail ? StepEnd::answer_lost : StepEnd::again));
    }
}
