// How jobs are tried again, how long, and how they end.
#include "handlers/effects/perform.hpp"

#include "handlers/effects/commit.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/unit/handlers/effects/bench.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>

using namespace countersign;
using namespace countersign::effects;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Fills with one byte, so that jitter is known.
class FixedRandom final : public Random
{
public:
    explicit FixedRandom(unsigned byte) : byte_{static_cast<std::byte>(byte)} {}
    void fill(std::span<std::byte> bytes) override { std::fill(bytes.begin(), bytes.end(), byte_); }

private:
    std::byte byte_;
};

Milliseconds wait_of(std::string_view kind, int attempts, unsigned byte)
{
    FixedRandom random{byte};
    return back_off(*handler_of(kind), attempts, random);
}

// A look-up whose tenant answers this.
Request looked_up()
{
    Request request{RequestId{"cs-1"}, agent, Email{"ada@acme.example"}, std::nullopt, noon};
    request.updated_at = noon + 200h;  // young for ever
    return request;
}

void find_answers(Bench& bench, const Problem& problem)
{
    bench.accounts.on_find = [problem](const Email&) -> Outcome<std::vector<Account>> { return problem; };
}

void perform_one(Bench& bench, const Job& job) { bench.run(perform(bench.services, job)); }

}  // namespace

TEST_CASE("the wait doubles from a second to its limit, with a fifth of jitter to either side", "[effects][jobs]")
{
    // A byte of 51 is a fifth of the way from 0.8 to 1.2 of it.
    CHECK(wait_of("look_up", 0, 0) == 800ms);
    CHECK(wait_of("look_up", 0, 255) == 1200ms);
    CHECK(wait_of("look_up", 1, 0) == 1600ms);
    CHECK(wait_of("look_up", 2, 255) == 4800ms);
    CHECK(wait_of("look_up", 5, 0) == 25600ms);
    CHECK(wait_of("look_up", 6, 0) == 48s);  // 64 s, cut to a minute
    CHECK(wait_of("look_up", 1'000'000, 255) == 72s);
    CHECK(wait_of("look_up", -1, 0) == 800ms);
    CHECK(wait_of("card", 20, 255) == 720s);
    CHECK(wait_of("look_up", 0, 51) == 880ms);
}

TEST_CASE("each kind of job is tried so often, so fast and so long", "[effects][jobs]")
{
    struct Row
    {
        const char* kind;
        int attempts;
        std::chrono::seconds delay_max;
        std::chrono::hours age;
    };
    // The work of a change is tried for about ten minutes or an hour, a message half a day; what waits for people lives
    // as long as a request can. A message that nobody can use any more after its moment is given up within that.
    const Row row = GENERATE(
        Row{"look_up", 14, 60s, 1h}, Row{"card", 80, 600s, 24h}, Row{"answer", 12, 300s, 1h}, Row{"note", 5, 30s, 1h},
        Row{"claim", 10, 5s, 1h}, Row{"change", 64, 60s, 720h}, Row{"reblock", 14, 60s, 1h},
        Row{"requester_dm", 80, 600s, 24h}, Row{"mark_must_change", 14, 60s, 1h}, Row{"revoke_tokens", 14, 60s, 1h},
        Row{"end_sessions", 14, 60s, 1h}, Row{"tell_owner", 14, 60s, 1h}, Row{"thread", 80, 600s, 24h},
        Row{"handover_expire", 80, 60s, 720h}, Row{"handover_settle", 80, 60s, 720h}, Row{"handover_spell", 4, 5s, 1h},
        Row{"handover_close", 14, 60s, 24h}, Row{"announce", 80, 600s, 24h}, Row{"expire", 80, 600s, 720h},
        Row{"begin_change", 80, 600s, 720h}, Row{"remind", 80, 600s, 720h}, Row{"escalate", 80, 600s, 720h},
        Row{"thread_line", 40, 300s, 4h}, Row{"redraw_cards", 80, 60s, 24h}, Row{"freeze_notice", 300, 300s, 24h},
        Row{"release", 80, 60s, 1h}, Row{"home", 12, 300s, 1h}, Row{"homes", 40, 60s, 1h},
        Row{"trouble", 80, 600s, 24h}, Row{"still_waiting", 14, 60s, 720h}, Row{"slack_refusal", 40, 300s, 4h});
    CAPTURE(row.kind);
    const JobHandler* handler = handler_of(row.kind);
    REQUIRE(handler != nullptr);
    CHECK(handler->retry.attempts_max == row.attempts);
    CHECK(handler->retry.delay_max == row.delay_max);
    CHECK(handler->retry.age_max == row.age);
}

TEST_CASE("a kind that has no row is not known", "[effects][jobs]")
{
    CHECK(handler_of("look_ups") == nullptr);
    CHECK(handler_of("") == nullptr);
}

TEST_CASE("a failure is counted, told, and tried again after its back-off", "[effects][jobs]")
{
    Bench bench;
    find_answers(bench, Problem{Errc::unavailable, "http_503"});
    perform_one(bench, bench.begin(looked_up(), job_kind::look_up));
    const StoredJob job = bench.job(job_kind::look_up);
    CHECK(job.state == "ready");
    CHECK(job.attempts == 1);
    CHECK(job.error == "http_503");
    CHECK(job.due >= noon + 800ms);
    CHECK(job.due <= noon + 1200ms);
    CHECK(bench.rows().empty());
}

TEST_CASE("a wait that the service asks for is kept, the longer of the two", "[effects][jobs]")
{
    Bench bench;
    find_answers(bench, Problem{Errc::unavailable, "http_503", 30s});
    perform_one(bench, bench.begin(looked_up(), job_kind::look_up));
    CHECK(bench.job(job_kind::look_up).due == noon + 30s);

    bench.clock.advance(30s);
    find_answers(bench, Problem{Errc::unavailable, "http_503", 0s});
    perform_one(bench, bench.claim(job_kind::look_up));
    CHECK(bench.job(job_kind::look_up).due >= noon + 30s + 1600ms);
}

TEST_CASE(
    "a rate limit is nobody's failure: it is waited for as asked, or a second, and not counted", "[effects][jobs]")
{
    Bench bench;
    const auto asked = GENERATE(std::optional<std::chrono::seconds>{}, std::optional{40s});
    find_answers(bench, Problem{Errc::rate_limited, "too_many_requests", asked});
    perform_one(bench, bench.begin(looked_up(), job_kind::look_up));
    const StoredJob job = bench.job(job_kind::look_up);
    CHECK(job.state == "ready");
    CHECK(job.attempts == 0);
    CHECK(job.error == "rate_limited");
    CHECK(job.due == noon + asked.value_or(1s));
}

TEST_CASE("after its last try a job is a dead letter, and what it stood for ends", "[effects][jobs]")
{
    Bench bench;
    find_answers(bench, Problem{Errc::unavailable, "http_503"});
    Job job = bench.begin(looked_up(), job_kind::look_up);
    int tries = 1;
    for (; tries < 100; ++tries)
    {
        perform_one(bench, job);
        if (bench.job(job_kind::look_up).state != "ready") break;
        CHECK(bench.request().state == State::looking_up);
        bench.clock.set(bench.job(job_kind::look_up).due);
        job = bench.claim(job_kind::look_up);
    }
    CHECK(tries == 14);
    CHECK(bench.accounts.calls.size() == 14);
    // About ten minutes in all.
    CHECK(bench.clock.now() > noon + 6min);
    CHECK(bench.clock.now() < noon + 12min);
    CHECK(bench.job(job_kind::look_up).state == "dead");
    CHECK(bench.job(job_kind::look_up).error == "http_503");
    CHECK(bench.request().state == State::failed);
}

TEST_CASE("a job that is only ever postponed is a dead letter once it is too old", "[effects][jobs]")
{
    Bench bench;
    find_answers(bench, Problem{Errc::rate_limited, "too_many_requests", 60s});
    Job job = bench.begin(looked_up(), job_kind::look_up);
    int tries = 1;
    for (; tries < 1000; ++tries)
    {
        perform_one(bench, job);
        if (bench.job(job_kind::look_up).state != "ready") break;
        bench.clock.set(bench.job(job_kind::look_up).due);
        job = bench.claim(job_kind::look_up);
    }
    // Once a minute from noon on, until the first try behind the hour.
    CHECK(tries == 62);
    CHECK(bench.clock.now() == noon + 61min);
    CHECK(bench.job(job_kind::look_up).state == "dead");
    CHECK(bench.job(job_kind::look_up).error == "rate_limited");
    CHECK(bench.request().state == State::failed);
}

TEST_CASE("a failure of a job that is too old is its last one", "[effects][jobs]")
{
    Bench bench;
    find_answers(bench, Problem{Errc::unavailable, "http_503"});
    const Job job = bench.begin(looked_up(), job_kind::look_up);
    const auto age = GENERATE(Milliseconds{60min}, Milliseconds{60min + 1ms});
    bench.clock.advance(age);
    perform_one(bench, job);
    CHECK(bench.job(job_kind::look_up).state == (age > 1h ? "dead" : "ready"));
}

TEST_CASE("what waited while the process was down is tried at least once, and may succeed", "[effects][jobs]")
{
    Bench bench;
    Request request = approved_request();
    request.state = State::changed;
    request.intent.emplace();
    request.after_change["end_sessions"] = AfterChange::waiting;
    bench.accounts.on_sessions = [] { return Outcome<void>{}; };
    const Job job = bench.begin(request, after_change::end_sessions);
    bench.clock.advance(48h);
    perform_one(bench, job);
    CHECK(bench.job(after_change::end_sessions).state == "done");
    CHECK(bench.request().after_change.at("end_sessions") == AfterChange::done);
}

TEST_CASE("a mistake of ours is counted as a failure, and ends as a dead letter", "[effects][jobs]")
{
    Bench bench;
    bench.accounts.on_find = [](const Email&) -> Outcome<std::vector<Account>> { throw std::logic_error{"ours"}; };
    Job job = bench.begin(looked_up(), job_kind::look_up);
    perform_one(bench, job);
    CHECK(bench.job(job_kind::look_up).state == "ready");
    CHECK(bench.job(job_kind::look_up).attempts == 1);
    CHECK(bench.job(job_kind::look_up).error == "internal_error");
    bench.clock.advance(2h);
    perform_one(bench, bench.claim(job_kind::look_up));
    CHECK(bench.job(job_kind::look_up).state == "dead");
}

TEST_CASE("a store that cannot be used, or a shutdown, is no failure of the job", "[effects][jobs]")
{
    Bench bench;
    const Job job = bench.begin(looked_up(), job_kind::look_up);
    SECTION("the store")
    {
        bench.accounts.on_find = [](const Email&) -> Outcome<std::vector<Account>> {
            throw StoreUnavailable{"out of order"};
        };
        CHECK_THROWS_AS(perform_one(bench, job), StoreUnavailable);
    }
    SECTION("the shutdown")
    {
        bench.accounts.on_find = [](const Email&) -> Outcome<std::vector<Account>> {
            throw boost::system::system_error{boost::asio::error::operation_aborted};
        };
        CHECK_THROWS_AS(perform_one(bench, job), boost::system::system_error);
    }
    SECTION("another failure of a line is one")
    {
        bench.accounts.on_find = [](const Email&) -> Outcome<std::vector<Account>> {
            throw boost::system::system_error{boost::asio::error::connection_reset};
        };
        perform_one(bench, job);
        CHECK(bench.job(job_kind::look_up).attempts == 1);
        return;
    }
    CHECK(bench.job(job_kind::look_up).state == "leased");
    CHECK(bench.job(job_kind::look_up).attempts == 0);
}

TEST_CASE("a job that nothing here knows is a dead letter at once, with its row", "[effects][jobs]")
{
    Bench bench;
    perform_one(bench, bench.begin(approved_request(), "of_tomorrow"));
    CHECK(bench.job("of_tomorrow").state == "dead");
    CHECK(bench.job("of_tomorrow").error == "unknown_kind");
    CHECK(
        bench.rows() ==
        std::vector<std::string>{R"(job_buried countersign {"kind":"of_tomorrow","error":"unknown_kind"})"});
}

TEST_CASE("a burial that meets another change of the same request is done again", "[effects][jobs]")
{
    Bench bench;
    find_answers(bench, Problem{Errc::forbidden, "auth0_scope_missing"});
    const Job job = bench.begin(looked_up(), job_kind::look_up);
    const int others = GENERATE(3, 4);
    int meetings = 0;
    bench.store.dies_before_commit = [&](int) {
        if (++meetings > others) return false;
        Transaction other{noon};
        other.update.emplace(bench.request());
        return !bench.ledger.engine().apply({&other, 1}).front().has_value();
    };
    perform_one(bench, job);
    // Not for ever: the lease brings it back.
    CHECK(meetings == 4);
    CHECK(bench.job(job_kind::look_up).state == (others == 3 ? "dead" : "leased"));
    CHECK(bench.request().state == (others == 3 ? State::failed : State::looking_up));
}

// --- what a commit's answer means to its job

TEST_CASE(
    "a conflict is tried again at once, a lost lease is another worker's, anything else is buried", "[effects][jobs]")
{
    CHECK(after_commit(Receipt{}).kind == JobResult::Kind::committed);
    CHECK(after_commit(Errc::lease_lost).kind == JobResult::Kind::committed);
    const JobResult conflict = after_commit(Errc::conflict);
    CHECK(conflict.kind == JobResult::Kind::postpone);
    CHECK(conflict.wait == 0s);
    CHECK(conflict.why == "version_conflict");
    for (const Errc code : {Errc::duplicate, Errc::not_found, Errc::replayed})
    {
        const JobResult refused = after_commit(code);
        CHECK(refused.kind == JobResult::Kind::bury);
        CHECK(refused.why == "commit_refused");
    }
}

TEST_CASE("a job that another worker has by now ends nothing", "[effects][jobs]")
{
    Bench bench;
    const Job job = bench.begin(approved_request(), "home");
    bench.clock.advance(301s);
    const Job taken_over = bench.claim("home");
    CHECK(bench.run(finish(bench.services, job)).kind == JobResult::Kind::committed);
    CHECK(bench.job("home").state == "leased");
    CHECK(bench.run(finish(bench.services, taken_over)).kind == JobResult::Kind::committed);
    CHECK(bench.job("home").state == "done");
}

TEST_CASE(
    "a change to the latest version is tried six times, and is none where nothing is to be done", "[effects][jobs]")
{
    Bench bench;
    const Job job = bench.begin(approved_request(), "home");
    int decisions = 0;
    const auto decide = [&](const Request& request) -> std::optional<Transaction> {
        ++decisions;
        Transaction change{noon};
        change.update.emplace(request);
        change.update->version = 999;
        return change;
    };
    const auto receipt = bench.run(commit_latest(bench.services, RequestId{"cs-1"}, decide));
    REQUIRE(receipt);
    CHECK(receipt->error() == Errc::conflict);
    CHECK(decisions == 6);

    CHECK_FALSE(bench.run(commit_latest(bench.services, RequestId{"cs-none"}, decide)));
    CHECK(decisions == 6);
    const auto nothing = [](const Request&) -> std::optional<Transaction> { return std::nullopt; };
    CHECK_FALSE(bench.run(commit_latest(bench.services, RequestId{"cs-1"}, nothing)));
    CHECK(bench.run(commit_latest(bench.services, job, nothing)).kind == JobResult::Kind::committed);
    CHECK(bench.job("home").state == "done");
}

TEST_CASE("a change that is refused for another reason than a conflict is not tried again", "[effects][jobs]")
{
    Bench bench;
    bench.begin(approved_request(), "home");
    int decisions = 0;
    const auto decide = [&decisions](const Request& request) -> std::optional<Transaction> {
        ++decisions;
        Transaction change{noon};
        change.insert.emplace(request);
        return change;
    };
    const auto receipt = bench.run(commit_latest(bench.services, RequestId{"cs-1"}, decide));
    REQUIRE(receipt);
    CHECK(receipt->error() == Errc::duplicate);
    CHECK(decisions == 1);
}
