#include "bot/store/database.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using std::chrono::seconds;
using store::Reader;
using store::Writer;

namespace {

constexpr seconds lease{30};

struct Jobs
{
    Writer engine{":memory:", noon};
    Reader reads{engine.connection()};

    void add(const std::string& kind, const std::string& lane, TimePoint due = noon)
    {
        REQUIRE(apply(adding(NewJob{kind, lane, due})).has_value());
    }
    Result<Receipt> apply(const Transaction& change) { return engine.apply({&change, 1}).front(); }
    std::vector<Job> claim(TimePoint now = noon, int limit = 10) { return engine.claim(now, now + lease, limit); }
    Job claim_one(TimePoint now = noon)
    {
        auto jobs = claim(now);
        REQUIRE(jobs.size() == 1);
        return jobs.front();
    }
};

std::string kinds(const std::vector<Job>& jobs)
{
    std::string text;
    for (const Job& job : jobs) text += job.kind;
    return text;
}

}  // namespace

TEST_CASE("a job is claimed as it was added", "[store]")
{
    Jobs jobs;
    REQUIRE(jobs.apply(inserting(some_request("rq-1"))).has_value());
    NewJob job{"look_up", "rq-1/look_up", noon, RequestId{"rq-1"}};
    job.payload = R"({"a":1})";
    REQUIRE(jobs.apply(adding(job)).has_value());
    const Job claimed = jobs.claim_one(noon + seconds{5});
    CHECK(claimed.kind == job.kind);
    CHECK(claimed.lane == job.lane);
    CHECK(claimed.request == job.request);
    CHECK(claimed.payload == job.payload);
    CHECK(claimed.attempts == 0);
    CHECK(claimed.epoch == 1);
    CHECK(claimed.created_at == noon);
}

TEST_CASE("jobs are claimed in their order, not before they are due, and no more than asked for", "[store]")
{
    Jobs jobs;
    jobs.add("a", "1", noon + seconds{2});
    jobs.add("b", "2", noon + seconds{1});
    jobs.add("c", "3", noon + seconds{3});
    CHECK(jobs.claim(noon).empty());
    CHECK(jobs.claim(noon + seconds{3}, 0).empty());
    CHECK(kinds(jobs.claim(noon + seconds{2}, 1)) == "a");
    CHECK(kinds(jobs.claim(noon + seconds{3})) == "bc");
    CHECK(jobs.claim(noon + seconds{4}).empty());
}

TEST_CASE("of a lane only the oldest unfinished job runs, even when it is not due", "[store]")
{
    Jobs jobs;
    jobs.add("a", "lane", noon + seconds{10});
    jobs.add("b", "lane");
    jobs.add("c", "other");
    CHECK(kinds(jobs.claim()) == "c");
    const Job first = jobs.claim_one(noon + seconds{10});
    CHECK(first.kind == "a");
    CHECK(jobs.claim(noon + seconds{11}).empty());
    REQUIRE(jobs.apply(stepping(first, JobEnd::postpone, noon + seconds{20})).has_value());
    CHECK(jobs.claim(noon + seconds{12}).empty());
    const auto end = GENERATE(JobEnd::finish, JobEnd::bury);
    REQUIRE(jobs.apply(stepping(jobs.claim_one(noon + seconds{20}), end)).has_value());
    CHECK(jobs.claim_one(noon + seconds{21}).kind == "b");
}

TEST_CASE("a leased job is not claimed again before its lease ends, and then under a higher epoch", "[store]")
{
    Jobs jobs;
    jobs.add("a", "lane");
    const Job first = jobs.claim_one();
    CHECK(jobs.claim(noon + lease - Milliseconds{1}).empty());
    const Job second = jobs.claim_one(noon + lease);
    CHECK(second.id == first.id);
    CHECK(second.epoch == first.epoch + 1);
}

TEST_CASE("a worker whose job was taken over writes nothing", "[store]")
{
    Jobs jobs;
    REQUIRE(jobs.apply(inserting(some_request("rq-1"))).has_value());
    jobs.add("a", "lane");
    const Job stale = jobs.claim_one();
    const Job taken = jobs.claim_one(noon + lease);
    const auto end = GENERATE(JobEnd::keep, JobEnd::finish, JobEnd::postpone, JobEnd::retry, JobEnd::bury);
    Transaction change = stepping(stale, end);
    change.update = some_request("rq-1", State::failed);
    change.replay = ReplayMark{"digest", noon + seconds{600}};
    change.audit.emplace_back("request_failed", "countersign", RequestId{"rq-1"});
    change.jobs.emplace_back("b", "other", noon);
    CHECK(jobs.apply(change).error() == Errc::lease_lost);
    CHECK(jobs.reads.request(RequestId{"rq-1"})->state == State::looking_up);
    CHECK(jobs.reads.audit_after(0, 10).empty());
    CHECK(jobs.claim().empty());

    change.job = stepping(taken, JobEnd::finish).job;
    CHECK(jobs.apply(change).has_value());
    CHECK(jobs.apply(stepping(taken, JobEnd::keep)).error() == Errc::lease_lost);
}

TEST_CASE("a worker keeps its job over an intermediate commit, also past the end of its lease", "[store]")
{
    Jobs jobs;
    jobs.add("a", "lane");
    const Job job = jobs.claim_one();
    CHECK(jobs.apply(stepping(job, JobEnd::keep)).has_value());
    CHECK(jobs.claim().empty());
    CHECK(jobs.apply(stepping(job, JobEnd::finish)).has_value());
    CHECK(jobs.claim(noon + lease).empty());
}

TEST_CASE("a job that is no more, or never was, cannot be stepped", "[store]")
{
    Jobs jobs;
    Job job;
    job.id = 77;
    CHECK(jobs.apply(stepping(job, JobEnd::finish)).error() == Errc::lease_lost);
    jobs.add("a", "lane");
    job = jobs.claim_one();
    REQUIRE(jobs.apply(stepping(job, JobEnd::postpone, noon)).has_value());
    for (const JobEnd end : {JobEnd::keep, JobEnd::finish, JobEnd::bury, JobEnd::postpone, JobEnd::retry})
        CHECK(jobs.apply(stepping(job, end, noon)).error() == Errc::lease_lost);
    job = jobs.claim_one();
    REQUIRE(jobs.apply(stepping(job, JobEnd::finish)).has_value());
    for (const JobEnd end : {JobEnd::keep, JobEnd::finish, JobEnd::bury, JobEnd::postpone, JobEnd::retry})
        CHECK(jobs.apply(stepping(job, end, noon)).error() == Errc::lease_lost);
    CHECK(jobs.claim(noon + lease).empty());
}

TEST_CASE("a retry counts as a failed attempt, putting off and a lost lease do not", "[store]")
{
    Jobs jobs;
    jobs.add("a", "lane");
    REQUIRE(jobs.apply(stepping(jobs.claim_one(), JobEnd::postpone, noon + seconds{1})).has_value());
    CHECK(jobs.claim().empty());
    Job job = jobs.claim_one(noon + seconds{1});
    CHECK(job.attempts == 0);
    job = jobs.claim_one(noon + seconds{1} + lease);
    CHECK(job.attempts == 0);
    REQUIRE(jobs.apply(stepping(job, JobEnd::retry, noon + seconds{100}, "rate_limited")).has_value());
    CHECK(jobs.claim(noon + seconds{99}).empty());
    CHECK(jobs.claim_one(noon + seconds{100}).attempts == 1);
}

TEST_CASE("only jobs that ended a week ago are pruned, a few at a time", "[store]")
{
    Jobs jobs;
    for (const char* lane : {"1", "2", "3", "4"}) jobs.add("a", lane);
    const auto claimed = jobs.claim();
    for (std::size_t i = 0; i < 3; ++i)
        REQUIRE(jobs.apply(stepping(claimed[i], i == 0 ? JobEnd::bury : JobEnd::finish)).has_value());
    const TimePoint week = noon + std::chrono::days{7};
    CHECK(jobs.engine.prune(week - Milliseconds{1}, 10) == 0);
    CHECK(jobs.engine.prune(week, 2) == 2);
    CHECK(jobs.engine.prune(week, 2) == 1);
    CHECK(jobs.engine.prune(week, 2) == 0);
    CHECK(jobs.claim(week).size() == 1);
}

TEST_CASE("the number of a deleted job does not come back", "[store]")
{
    Jobs jobs;
    jobs.add("a", "1");
    const Job last = jobs.claim_one();
    REQUIRE(jobs.apply(stepping(last, JobEnd::finish)).has_value());
    REQUIRE(jobs.engine.prune(noon + std::chrono::days{8}, 10) == 1);
    jobs.add("b", "1");
    CHECK(jobs.claim_one().id > last.id);
}

TEST_CASE("a job that may be joined is not added while one of its kind waits in its lane", "[store]")
{
    Jobs jobs;
    const auto redraw = [&jobs](const std::string& kind, const std::string& lane, TimePoint due) {
        NewJob job{kind, lane, due};
        job.coalesce = true;
        REQUIRE(jobs.apply(adding(job)).has_value());
    };
    redraw("a", "1", noon + seconds{5});
    redraw("a", "1", noon);
    // Neither another lane nor another kind does its work.
    redraw("a", "2", noon + seconds{5});
    redraw("b", "1", noon + seconds{5});
    CHECK(jobs.claim(noon).empty());
    const auto first = jobs.claim(noon + seconds{5});
    REQUIRE(kinds(first) == "aa");
    // One that runs has perhaps read before this change: it does not count.
    redraw("a", "1", noon + seconds{5});
    for (const Job& job : first) REQUIRE(jobs.apply(stepping(job, JobEnd::finish)).has_value());
    const Job second = jobs.claim_one(noon + seconds{5});
    CHECK(second.kind == "b");
    REQUIRE(jobs.apply(stepping(second, JobEnd::finish)).has_value());
    CHECK(jobs.claim_one(noon + seconds{5}).kind == "a");
    CHECK(jobs.claim(noon + seconds{5}).empty());
}

TEST_CASE("a job that may be joined is added as it is", "[store]")
{
    Jobs jobs;
    REQUIRE(jobs.apply(inserting(some_request("rq-1"))).has_value());
    NewJob job{"draw", "rq-1/draw", noon + seconds{3}, RequestId{"rq-1"}};
    job.payload = R"({"a":1})";
    job.coalesce = true;
    REQUIRE(jobs.apply(adding(job)).has_value());
    const Job claimed = jobs.claim_one(noon + seconds{3});
    CHECK(claimed.kind == job.kind);
    CHECK(claimed.lane == job.lane);
    CHECK(claimed.request == job.request);
    CHECK(claimed.payload == job.payload);
    CHECK(claimed.created_at == noon);
}

TEST_CASE("a job that may not be joined is added beside one that waits", "[store]")
{
    Jobs jobs;
    jobs.add("a", "lane");
    jobs.add("a", "lane");
    REQUIRE(jobs.apply(stepping(jobs.claim_one(), JobEnd::finish)).has_value());
    CHECK(jobs.claim_one().kind == "a");
}

TEST_CASE("of jobs whose lease has ended and jobs that are due, the oldest are claimed first", "[store]")
{
    Jobs jobs;
    jobs.add("a", "1");
    jobs.add("b", "2");
    jobs.add("c", "3");
    jobs.add("d", "1");
    REQUIRE(kinds(jobs.claim(noon, 1)) == "a");
    const TimePoint later = noon + lease;
    const auto first = jobs.claim(later, 2);
    CHECK(kinds(first) == "ab");
    CHECK(kinds(jobs.claim(later, 2)) == "c");
    REQUIRE(jobs.apply(stepping(first.at(0), JobEnd::finish)).has_value());
    CHECK(kinds(jobs.claim(later, 2)) == "d");
}

TEST_CASE("of the jobs that are due, those of the kinds that are asked for are claimed, and no others", "[store]")
{
    using Are = JobKinds::Are;
    Jobs jobs;
    for (const char* kind : {"a", "b", "c", "d"}) jobs.add(kind, kind);
    const auto [are, listed, expected] = GENERATE(table<Are, std::vector<std::string>, std::string>(
        {{Are::any, {}, "abcd"},
         {Are::any, {"b"}, "abcd"},
         {Are::these, {}, ""},
         {Are::these, {"b"}, "b"},
         {Are::these, {"d", "b", "none"}, "bd"},
         {Are::these, {"'b'", "a%", "\"]"}, ""},
         {Are::others, {}, "abcd"},
         {Are::others, {"b"}, "acd"},
         {Are::others, {"a", "b", "c", "d"}, ""}}));
    CAPTURE(listed, expected);
    const JobKinds asked{are, listed};
    CHECK(kinds(jobs.engine.claim(noon, noon + lease, 10, asked)) == expected);
    // What was left is there for whoever asks for it.
    CHECK(kinds(jobs.claim()).size() == 4 - expected.size());
    // Those whose lease has ended are claimed by the same rule.
    CHECK(kinds(jobs.engine.claim(noon + lease, noon + 2 * lease, 10, asked)) == expected);
}

TEST_CASE("a job of another kind that is older keeps its lane all the same", "[store]")
{
    Jobs jobs;
    jobs.add("a", "lane");
    jobs.add("b", "lane");
    const JobKinds only_b{JobKinds::Are::these, {"b"}};
    CHECK(jobs.engine.claim(noon, noon + lease, 10, only_b).empty());
    REQUIRE(jobs.apply(stepping(jobs.claim_one(), JobEnd::finish)).has_value());
    CHECK(kinds(jobs.engine.claim(noon, noon + lease, 10, only_b)) == "b");
}

TEST_CASE("a claim that finds nothing due writes nothing, and takes no lock for it", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db"), noon};
    const Transaction later = adding(NewJob{"a", "lane", noon + seconds{1}});
    REQUIRE(engine.apply({&later, 1}).front().has_value());
    // Somebody else writes: a transaction of ours would fail.
    engine.connection().wait_for_locks(false);
    store::Connection other{dir.file("db"), store::Connection::Use::write};
    other.script("BEGIN IMMEDIATE");
    CHECK(engine.claim(noon, noon + lease, 10).empty());
    CHECK(engine.claim(noon + seconds{1}, noon + lease, 10, {JobKinds::Are::these, {"b"}}).empty());
    CHECK_THROWS_AS(engine.claim(noon + seconds{1}, noon + lease, 10), StoreUnavailable);
    other.script("ROLLBACK");
    CHECK(kinds(engine.claim(noon + seconds{1}, noon + lease, 10)) == "a");
}

TEST_CASE("the jobs that ended first are pruned first, and none that waits or runs", "[store]")
{
    Jobs jobs;
    for (const char* kind : {"a", "b", "c", "d"}) jobs.add(kind, kind);
    const auto claimed = jobs.claim(noon, 3);
    REQUIRE(claimed.size() == 3);
    Transaction late = stepping(claimed[0], JobEnd::finish);
    late.at = noon + seconds{2};
    REQUIRE(jobs.apply(late).has_value());
    Transaction early = stepping(claimed[1], JobEnd::finish);
    early.at = noon + seconds{1};
    REQUIRE(jobs.apply(early).has_value());
    const TimePoint week = noon + std::chrono::days{7};
    CHECK(jobs.engine.prune(week, 10) == 0);
    // Both may go, one is asked for: the second one, which ended first. That of the other comes later.
    CHECK(jobs.engine.prune(week + seconds{2}, 1) == 1);
    CHECK(jobs.engine.prune(week + seconds{1}, 10) == 0);
    CHECK(jobs.engine.prune(week + seconds{2}, 10) == 1);
    CHECK(jobs.engine.prune(week + std::chrono::days{365}, 10) == 0);
    // What runs still belongs to its worker, and what waits is still there.
    CHECK(jobs.apply(stepping(claimed[2], JobEnd::finish)).has_value());
    CHECK(kinds(jobs.claim()) == "d");
}
