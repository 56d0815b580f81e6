#include "handlers/effects/reblock.hpp"

#include "handlers/effects/perform.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

Request waits_for_block()
{
    Request request = approved_request();
    request.state = State::changed;
    request.intent.emplace();
    request.intent->blocked_before = true;
    request.reblock = AfterChange::waiting;
    return request;
}

Account ada_blocked(bool blocked)
{
    Account account = account_of_ada();
    account.blocked = blocked;
    return account;
}

JobResult put_back(Bench& bench, Request request = waits_for_block())
{
    const Job job = bench.begin(std::move(request), job_kind::reblock);
    return bench.perform(job);
}

const std::vector<std::string> told = {
    "card cs-1/card +0", "answer cs-1/answer +0", "requester_dm cs-1/requester_dm +0", "announce cs-1/announce +0"};

}  // namespace

TEST_CASE("a block that Auth0 shows again is recorded as put back, and people are told", "[effects][reblock]")
{
    Bench bench;
    bench.accounts.on_block = [] { return ada_blocked(true); };
    CHECK(put_back(bench).kind == JobResult::Kind::committed);
    CHECK(bench.accounts.calls == std::vector<std::string>{"block auth0|1 cs-1"});
    CHECK(bench.request().reblock == AfterChange::done);
    CHECK(bench.request().state == State::changed);
    CHECK(bench.job(job_kind::reblock).state == "done");
    CHECK(bench.rows() == std::vector<std::string>{"block_restored countersign {}"});
    CHECK(bench.added() == told);
}

TEST_CASE("a block that the answer does not show is not put back: it is tried again", "[effects][reblock]")
{
    Bench bench;
    bench.accounts.on_block = [] { return ada_blocked(false); };
    const JobResult result = put_back(bench);
    CHECK(result.kind == JobResult::Kind::retry);
    CHECK(result.why == "block_not_shown");
    CHECK(bench.request().reblock == AfterChange::waiting);
    CHECK(bench.rows().empty());
}

TEST_CASE("a block whose answer was lost is put back again; one that is refused is not", "[effects][reblock]")
{
    Bench bench;
    const auto [code, kind] = GENERATE(table<Errc, JobResult::Kind>(
        {{Errc::answer_lost, JobResult::Kind::retry},
         {Errc::unreachable, JobResult::Kind::retry},
         {Errc::unavailable, JobResult::Kind::retry},
         {Errc::rate_limited, JobResult::Kind::postpone},
         {Errc::refused, JobResult::Kind::bury},
         {Errc::forbidden, JobResult::Kind::bury},
         {Errc::not_found, JobResult::Kind::bury}}));
    const Problem problem{code, "why_not", 3s};
    bench.accounts.on_block = [problem]() -> Outcome<Account> { return problem; };
    const JobResult result = put_back(bench);
    CHECK(result.kind == kind);
    CHECK(result.why == (code == Errc::rate_limited ? "rate_limited" : "why_not"));
    CHECK(bench.request().reblock == AfterChange::waiting);
}

TEST_CASE("a block that is not waited for is left alone", "[effects][reblock]")
{
    Bench bench;
    Request request = waits_for_block();
    request.reblock = GENERATE(AfterChange::not_needed, AfterChange::done, AfterChange::failed);
    const AfterChange before = request.reblock;
    CHECK(put_back(bench, request).kind == JobResult::Kind::committed);
    CHECK(bench.accounts.calls.empty());
    CHECK(bench.request().reblock == before);
    CHECK(bench.job(job_kind::reblock).state == "done");
    CHECK(bench.rows().empty());
}

TEST_CASE(
    "a block that is given up is recorded as not put back, and people are told all the same", "[effects][reblock]")
{
    Bench bench;
    bench.accounts.on_block = []() -> Outcome<Account> { return Problem{Errc::forbidden, "auth0_scope_missing"}; };
    const Job job = bench.begin(waits_for_block(), job_kind::reblock);
    bench.run(perform(bench.services, job));
    CHECK(bench.request().reblock == AfterChange::failed);
    CHECK(bench.request().state == State::changed);
    CHECK(bench.job(job_kind::reblock).state == "dead");
    CHECK(bench.rows() == std::vector<std::string>{"block_not_restored countersign {}"});
    CHECK(bench.added() == told);
}
