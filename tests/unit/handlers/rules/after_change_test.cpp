#include "handlers/rules/after_change.hpp"

#include "tests/unit/handlers/views/sample_request.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Steps = std::vector<std::string>;

const AfterCareSettings all_steps{true, true, true, true};

// Of a change whose time moved.
Request sent_request()
{
    Request request = sample_request(State::executing);
    request.intent.emplace();
    request.intent->reset_before = drawn_at - 240h;
    return request;
}

Account changed_account()
{
    Account account = *sent_request().account;
    account.last_password_reset = drawn_at;
    return account;
}

Steps steps_after(const Request& request, const Account& now, const AfterCareSettings& settings = all_steps)
{
    Transaction change{drawn_at};
    Request changed = request;
    add_after_care(change, changed, now, settings);
    Steps steps;
    for (const NewJob& job : change.jobs)
    {
        CHECK(job.lane == request.id.str() + "/after_care");
        CHECK(job.due == drawn_at);
        CHECK(job.request == request.id);
        CHECK(changed.after_change.at(job.kind) == AfterChange::waiting);
        steps.push_back(job.kind);
    }
    CHECK(steps.size() == changed.after_change.size());
    return steps;
}

}  // namespace

TEST_CASE("the steps after a change are those that are configured, in one lane", "[care]")
{
    const Request request = sent_request();
    const Account now = changed_account();
    CHECK(steps_after(request, now) == Steps{"mark_must_change", "revoke_tokens", "end_sessions", "tell_owner"});
    CHECK(steps_after(request, now, {true, false, false, false}) == Steps{"mark_must_change"});
    CHECK(steps_after(request, now, {false, true, false, false}) == Steps{"end_sessions"});
    CHECK(steps_after(request, now, {false, false, true, false}) == Steps{"revoke_tokens"});
    CHECK(steps_after(request, now, {false, false, false, true}) == Steps{"tell_owner"});
    CHECK(steps_after(request, now, {false, false, false, false}).empty());
}

TEST_CASE("the mail to the owner goes to an address that is known and verified, or not at all", "[care]")
{
    const Steps without{"mark_must_change", "revoke_tokens", "end_sessions"};
    Account now = changed_account();
    SECTION("not verified") { now.email_verified = false; }
    SECTION("none") { now.email.clear(); }
    SECTION("that of a linked identity is not verified, or not known")
    {
        now.sign_ins = {GENERATE(SignIn{"other@acme.example", false}, SignIn{"", true})};
    }
    CHECK(steps_after(sent_request(), now) == without);
}

TEST_CASE("where the time of the change did not move, nobody is kept out by it", "[care]")
{
    Request request = sent_request();
    Account now = changed_account();
    now.last_password_reset =
        GENERATE(std::optional<TimePoint>{}, std::optional{drawn_at - 240h}, std::optional{drawn_at - 241h});
    CHECK(steps_after(request, now) == Steps{"revoke_tokens", "end_sessions", "tell_owner"});
    // A first time has moved.
    request.intent->reset_before.reset();
    CHECK(steps_after(request, changed_account(), {true, false, false, false}) == Steps{"mark_must_change"});
}

TEST_CASE("of a new account nobody has a session, a token or an old password", "[care]")
{
    Request creation = sent_request();
    creation.purpose = Purpose::first_password;
    creation.account.reset();
    Account made = changed_account();
    made.last_password_reset.reset();
    CHECK(steps_after(creation, made) == Steps{"mark_must_change"});
}

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
