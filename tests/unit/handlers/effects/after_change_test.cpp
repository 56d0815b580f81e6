// The steps after a change: which there are, what each does, and what is recorded of it.
#include "handlers/effects/after_change.hpp"

#include "handlers/effects/perform.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

using Kind = JobResult::Kind;

Request changed_request(std::string_view step, AfterChange result = AfterChange::waiting)
{
    Request request = approved_request();
    request.state = State::changed;
    request.intent.emplace();
    request.intent->started_at = noon - 2s;
    request.account->last_password_reset = noon - 1s;
    request.after_change[std::string{step}] = result;
    return request;
}

JobResult care(Bench& bench, std::string_view step, AfterChange result = AfterChange::waiting)
{
    const Job job = bench.begin(changed_request(step, result), step);
    return bench.perform(job);
}

AfterChange result_of(Bench& bench, std::string_view step) { return bench.request().after_change.find(step)->second; }

// Every step answers this.
void answer_all(Bench& bench, Outcome<void> answer)
{
    bench.accounts.on_mark = [answer](const MustChange&) { return answer; };
    bench.accounts.on_tokens = bench.accounts.on_sessions = bench.accounts.on_mail = [answer] { return answer; };
    bench.accounts.on_policy = [](Freshness) { return ConnectionPolicy{"Main"}; };
}

std::vector<std::string> ended(std::string_view step, const std::string& result)
{
    return {R"(after_care_ended countersign {"step":")" + std::string{step} + R"(","result":")" + result + "}"};
}

}  // namespace

TEST_CASE("each step makes its call, is recorded as done, and has the thread told", "[effects][care]")
{
    const auto [step, call] = GENERATE(table<std::string_view, std::string>(
        {{after_change::mark_must_change, "mark auth0|1 cs-1"},
         {after_change::revoke_tokens, "tokens auth0|1 cs-1"},
         {after_change::end_sessions, "sessions auth0|1 cs-1"},
         {after_change::tell_owner, "mail ada@acme.example Main"}}));
    Bench bench;
    answer_all(bench, {});
    CHECK(care(bench, step).kind == Kind::committed);
    CHECK(bench.accounts.calls.back() == call);
    CHECK(bench.accounts.calls.size() == (step == after_change::tell_owner ? 2 : 1));
    CHECK(result_of(bench, step) == AfterChange::done);
    CHECK(bench.job(step).state == "done");
    CHECK(bench.rows() == ended(step, R"(done")"));
    CHECK(bench.added() == std::vector<std::string>{"thread cs-1/thread +5000"});
}

TEST_CASE("the mail to the owner goes by the address that the changed identity signs in with", "[effects][care]")
{
    Bench bench;
    answer_all(bench, {});
    Request request = changed_request(after_change::tell_owner);
    request.account->sign_ins = {{"other@acme.example", true}};
    const Job job = bench.begin(request, after_change::tell_owner);
    bench.perform(job);
    CHECK(bench.accounts.calls.back() == "mail other@acme.example Main");
}

TEST_CASE("two steps that end together are told of together", "[effects][care]")
{
    Bench bench;
    answer_all(bench, {});
    Request request = changed_request(after_change::revoke_tokens);
    request.after_change["end_sessions"] = AfterChange::waiting;
    const Job first = bench.begin(request, after_change::revoke_tokens);
    bench.perform(first);
    Transaction second{noon};
    second.jobs.push_back(request_job(after_change::end_sessions, RequestId{"cs-1"}, noon));
    REQUIRE(bench.ledger.engine().apply({&second, 1}).front().has_value());
    const Job job = bench.claim(after_change::end_sessions);
    bench.perform(job);
    const auto added = bench.added();
    CHECK(std::count(added.begin(), added.end(), "thread cs-1/thread +5000") == 1);
}

TEST_CASE("the second marker tells our change by its time; a new account's by that of its making", "[effects][care]")
{
    Bench bench;
    std::optional<MustChange> sent;
    bench.accounts.on_mark = [&sent](const MustChange& mark) {
        sent = mark;
        return Outcome<void>{};
    };
    Request request = changed_request(after_change::mark_must_change);
    TimePoint expected = noon - 1s;
    SECTION("the time of the change") {}
    SECTION("a new account has none yet")
    {
        request.account->last_password_reset.reset();
        expected = *request.account->created_at;
    }
    SECTION("nor does it say when it was made")
    {
        request.account->last_password_reset.reset();
        request.account->created_at.reset();
        expected = noon - 2s;
    }
    const Job job = bench.begin(request, after_change::mark_must_change);
    bench.perform(job);
    REQUIRE(sent);
    CHECK(sent->admin_lpr == expected);
    CHECK(sent->reset_at == noon - 2s);
}

TEST_CASE("what the plan or the permissions lack is recorded as that, with the reason", "[effects][care]")
{
    const std::string_view step = GENERATE(after_change::revoke_tokens, after_change::tell_owner);
    const std::string reason = GENERATE("auth0_plan_missing", "auth0_scope_missing", "auth0_options_scope_missing");
    Bench bench;
    answer_all(bench, Problem{Errc::forbidden, reason});
    CHECK(care(bench, step).kind == Kind::committed);
    CHECK(result_of(bench, step) == AfterChange::not_in_plan);
    CHECK(bench.job(step).state == "done");
    CHECK(bench.job(step).error == reason);
    CHECK(bench.rows() == ended(step, R"(not_in_plan","why":")" + reason + '"'));
}

TEST_CASE("another no is no matter of the plan: it fails the step", "[effects][care]")
{
    Bench bench;
    answer_all(bench, Problem{Errc::forbidden, "auth0_credentials_refused"});
    const JobResult result = care(bench, after_change::end_sessions);
    CHECK(result.kind == Kind::bury);
    CHECK(result.why == "auth0_credentials_refused");
    CHECK(result_of(bench, after_change::end_sessions) == AfterChange::waiting);
}

TEST_CASE("a step that is given up is recorded as failed, with the reason", "[effects][care]")
{
    Bench bench;
    answer_all(bench, Problem{Errc::not_found, "inexistent_user"});
    const Job job = bench.begin(changed_request(after_change::end_sessions), after_change::end_sessions);
    bench.run(perform(bench.services, job));
    CHECK(result_of(bench, after_change::end_sessions) == AfterChange::failed);
    CHECK(bench.request().state == State::changed);
    CHECK(bench.job(after_change::end_sessions).state == "dead");
    CHECK(bench.job(after_change::end_sessions).error == "inexistent_user");
    CHECK(bench.rows() == ended(after_change::end_sessions, R"(failed","why":"inexistent_user")"));
    CHECK(bench.added() == std::vector<std::string>{"thread cs-1/thread +5000"});
}

TEST_CASE("a step that may succeed later is tried later", "[effects][care]")
{
    Bench bench;
    const auto [code, kind] = GENERATE(table<Errc, Kind>(
        {{Errc::unavailable, Kind::retry},
         {Errc::unreachable, Kind::retry},
         {Errc::answer_lost, Kind::retry},
         {Errc::rate_limited, Kind::postpone}}));
    answer_all(bench, Problem{code, "x", 6s});
    const JobResult result = care(bench, after_change::end_sessions);
    CHECK(result.kind == kind);
    CHECK(result.wait == 6s);
    CHECK(result_of(bench, after_change::end_sessions) == AfterChange::waiting);
    CHECK(bench.rows().empty());
}

TEST_CASE("a step that has ended, or is none of the request's, does nothing", "[effects][care]")
{
    Bench bench;
    const auto before =
        GENERATE(AfterChange::done, AfterChange::failed, AfterChange::not_in_plan, AfterChange::not_needed);
    CHECK(care(bench, after_change::end_sessions, before).kind == Kind::committed);
    CHECK(bench.accounts.calls.empty());
    CHECK(result_of(bench, after_change::end_sessions) == before);
    CHECK(bench.job(after_change::end_sessions).state == "done");
    CHECK(bench.rows().empty());
}

// --- the mail to the owner

TEST_CASE("mail: that it is on its way is known before it is", "[effects][care]")
{
    Bench bench;
    answer_all(bench, {});
    bench.accounts.on_mail = [&bench] {
        CHECK(result_of(bench, after_change::tell_owner) == AfterChange::sending);
        CHECK(bench.job(after_change::tell_owner).state == "leased");
        return Outcome<void>{};
    };
    care(bench, after_change::tell_owner);
    CHECK(bench.accounts.calls == std::vector<std::string>{"policy Main", "mail ada@acme.example Main"});
}

TEST_CASE("mail: one that may be on its way is not sent again", "[effects][care]")
{
    Bench bench;
    answer_all(bench, Problem{Errc::answer_lost, "deadline"});
    SECTION("because its answer was lost")
    {
        const JobResult result = care(bench, after_change::tell_owner);
        CHECK(result.kind == Kind::bury);
        CHECK(result.why == "answer_lost");
        CHECK(bench.accounts.calls.back() == "mail ada@acme.example Main");
        CHECK(result_of(bench, after_change::tell_owner) == AfterChange::sending);
    }
    SECTION("because a process died over it")
    {
        const JobResult result = care(bench, after_change::tell_owner, AfterChange::sending);
        CHECK(result.kind == Kind::bury);
        CHECK(result.why == "answer_lost");
        CHECK(bench.accounts.calls.empty());
    }
}

TEST_CASE("mail: a worker whose job was taken over sends none", "[effects][care]")
{
    Bench bench;
    answer_all(bench, {});
    const Job job = bench.begin(changed_request(after_change::tell_owner), after_change::tell_owner);
    bench.clock.advance(301s);
    static_cast<void>(bench.claim(after_change::tell_owner));
    CHECK(bench.perform(job).kind == Kind::committed);
    CHECK(bench.accounts.calls.empty());
    CHECK(result_of(bench, after_change::tell_owner) == AfterChange::waiting);
}

TEST_CASE("mail: one that was definitely not sent may be tried again", "[effects][care]")
{
    Bench bench;
    answer_all(bench, Problem{GENERATE(Errc::unreachable, Errc::rate_limited, Errc::unavailable), "x"});
    care(bench, after_change::tell_owner);
    CHECK(bench.accounts.calls.back() == "mail ada@acme.example Main");
    CHECK(result_of(bench, after_change::tell_owner) == AfterChange::waiting);
    CHECK(bench.job(after_change::tell_owner).state == "leased");
}

TEST_CASE("mail: none where the owner cannot change the password, and the record says so", "[effects][care]")
{
    Bench bench;
    answer_all(bench, {});
    const bool hides = GENERATE(true, false);
    bench.accounts.on_policy = [hides](Freshness freshness) {
        CHECK(freshness == Freshness::recent);
        ConnectionPolicy policy{"Main"};
        policy.hides_password_change = hides;
        policy.password_enabled = hides;
        return policy;
    };
    CHECK(care(bench, after_change::tell_owner).kind == Kind::committed);
    CHECK(bench.accounts.calls == std::vector<std::string>{"policy Main"});
    CHECK(result_of(bench, after_change::tell_owner) == AfterChange::not_needed);
    CHECK(bench.rows() == ended(after_change::tell_owner, R"(not_needed","why":"not_allowed")"));
}

TEST_CASE("a result that meets another change of the same request is read and recorded again", "[effects][care]")
{
    Bench bench;
    answer_all(bench, {});
    int meetings = 0;
    bench.store.dies_before_commit = [&](int) {
        if (++meetings > 5) return false;
        Transaction other{noon};
        other.update.emplace(bench.request());
        other.update->reminders += 1;
        return !bench.ledger.engine().apply({&other, 1}).front().has_value();
    };
    CHECK(care(bench, after_change::end_sessions).kind == Kind::committed);
    CHECK(meetings == 6);
    CHECK(result_of(bench, after_change::end_sessions) == AfterChange::done);
    CHECK(bench.request().reminders == 5);
    CHECK(bench.accounts.calls.size() == 1);
}
