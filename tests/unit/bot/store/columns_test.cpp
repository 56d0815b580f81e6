#include "bot/store/database.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using store::Writer;

namespace {

using Number = std::optional<std::int64_t>;
using Words = std::optional<std::string>;

struct Ledger
{
    Writer engine{":memory:", noon};

    Result<Receipt> apply(const Transaction& change) { return engine.apply({&change, 1}).front(); }
    void must(const Transaction& change) { REQUIRE(apply(change).has_value()); }
    template <class Row>
    Row one(const char* text)
    {
        const auto rows = engine.connection().query<Row>(text);
        REQUIRE(rows.size() == 1);
        return rows.front();
    }
    std::int64_t count(const char* text) { return std::get<0>(one<std::tuple<std::int64_t>>(text)); }
};

// What limits, lists and signals are found by.
using RequestColumns = std::tuple<
    std::string, std::int64_t, std::int64_t, Words, std::string, std::int64_t, std::int64_t, std::int64_t, Words,
    Number>;
constexpr const char* request_columns =
    "SELECT state, version, is_open, account_id, requester, created_at, updated_at, was_asked, decided_by, decided_at "
    "FROM request";

// State, due time, attempts, epoch, end of the lease, error, time of the end.
using JobColumns = std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t, Number, std::string, Number>;
constexpr const char* job_columns =
    "SELECT state, due_at, attempts, epoch, lease_until, last_error, finished_at FROM job";

const std::int64_t noon_ms = to_unix_ms(noon);

}  // namespace

TEST_CASE("a request stands in its columns as it was inserted, and as it was updated", "[store]")
{
    Ledger ledger;
    Request request = some_request("rq-1");
    request.updated_at = noon + 1s;
    ledger.must(inserting(request));
    CHECK(
        ledger.one<RequestColumns>(request_columns) ==
        RequestColumns{"looking_up", 0, 1, {}, "U1", noon_ms, noon_ms + 1000, 0, {}, {}});

    request = with_account(request, "auth0|1");
    request.state = State::denied;
    request.requester = SlackUserId{"U3"};
    request.created_at = noon + 2s;
    request.updated_at = noon + 3s;
    request.asked = true;
    request.decision = Decision{SlackUserId{"U2"}, noon + 4s};
    const RequestColumns denied{"denied",       1, 0,    "auth0|1",     "U3", noon_ms + 2000,
                                noon_ms + 3000, 1, "U2", noon_ms + 4000};
    ledger.must(updating(request));
    CHECK(ledger.one<RequestColumns>(request_columns) == denied);

    Ledger another;
    request.version = 1;
    another.must(inserting(request));
    CHECK(another.one<RequestColumns>(request_columns) == denied);
}

TEST_CASE("a request that was cancelled was decided by nobody", "[store]")
{
    Ledger ledger;
    Request request = some_request("rq-1", State::cancelled);
    request.decision = Decision{SlackUserId{"U1"}, noon};
    ledger.must(inserting(request));
    using Row = std::tuple<Words, Number>;
    CHECK(ledger.one<Row>("SELECT decided_by, decided_at FROM request") == Row{{}, {}});
    ledger.must(updating(request));
    CHECK(ledger.one<Row>("SELECT decided_by, decided_at FROM request") == Row{{}, {}});
}

TEST_CASE("an account that is to be created is a request's once an approver was asked", "[store]")
{
    Ledger ledger;
    Request request = some_request("rq-1", State::choosing);
    request.purpose = Purpose::first_password;
    ledger.must(inserting(request));
    using Row = std::tuple<Words>;
    CHECK(ledger.one<Row>("SELECT account_id FROM request") == Row{});
    request.asked = true;
    ledger.must(updating(request));
    CHECK(ledger.one<Row>("SELECT account_id FROM request") == Row{"new:ann@example.com"});
    request = with_account(request, "auth0|1");
    request.version = 1;
    ledger.must(updating(request));
    CHECK(ledger.one<Row>("SELECT account_id FROM request") == Row{"auth0|1"});
}

TEST_CASE("an audit row stands in its columns under the time and the request of its change", "[store]")
{
    Ledger ledger;
    Transaction change{noon + 5s};
    change.audit.emplace_back("service_started", "countersign");
    ledger.must(change);
    change.audit.clear();
    change.audit.emplace_back("request_received", "U1", RequestId{"rq-1"});
    const auto receipt = ledger.apply(change);
    REQUIRE(receipt.has_value());
    using Row = std::tuple<std::int64_t, std::int64_t, Words, std::string>;
    const auto rows =
        ledger.engine.connection().query<Row>("SELECT sequence, at, request_id, hash FROM audit ORDER BY sequence");
    REQUIRE(rows.size() == 2);
    CHECK(std::get<1>(rows[0]) == noon_ms + 5000);
    CHECK_FALSE(std::get<2>(rows[0]));
    CHECK(rows[1] == Row{2, noon_ms + 5000, "rq-1", receipt->audit->hash});
}

TEST_CASE("a job that ended says how, when and why, and holds no lease", "[store]")
{
    const auto [end, state] = GENERATE(table<JobEnd, std::string>({{JobEnd::finish, "done"}, {JobEnd::bury, "dead"}}));
    Ledger ledger;
    ledger.must(adding(NewJob{"a", "lane", noon}));
    const auto jobs = ledger.engine.claim(noon, noon + 30s, 5);
    REQUIRE(jobs.size() == 1);
    CHECK(
        ledger.one<JobColumns>(job_columns) ==
        JobColumns{"leased", noon_ms, 0, 1, noon_ms + 30'000, std::string{}, {}});
    Transaction change = stepping(jobs.front(), end, {}, "not_found");
    change.at = noon + 7s;
    ledger.must(change);
    CHECK(ledger.one<JobColumns>(job_columns) == JobColumns{state, noon_ms, 0, 1, {}, "not_found", noon_ms + 7000});
}

TEST_CASE("a job that runs again says when and why, and holds no lease", "[store]")
{
    const auto [end, attempts] = GENERATE(table<JobEnd, std::int64_t>({{JobEnd::postpone, 0}, {JobEnd::retry, 1}}));
    Ledger ledger;
    ledger.must(adding(NewJob{"a", "lane", noon}));
    const auto jobs = ledger.engine.claim(noon, noon + 30s, 5);
    REQUIRE(jobs.size() == 1);
    ledger.must(stepping(jobs.front(), end, noon + 9s, "timeout"));
    CHECK(ledger.one<JobColumns>(job_columns) == JobColumns{"ready", noon_ms + 9000, attempts, 1, {}, "timeout", {}});

    // Without a time: at once, which is the time of the change.
    const auto again = ledger.engine.claim(noon + 9s, noon + 39s, 5);
    REQUIRE(again.size() == 1);
    Transaction change = stepping(again.front(), end);
    change.at = noon + 11s;
    ledger.must(change);
    CHECK(
        ledger.one<JobColumns>(job_columns) ==
        JobColumns{"ready", noon_ms + 11'000, 2 * attempts, 2, {}, std::string{}, {}});
}

TEST_CASE("a job that its worker keeps is as it was", "[store]")
{
    Ledger ledger;
    ledger.must(adding(NewJob{"a", "lane", noon}));
    const auto jobs = ledger.engine.claim(noon, noon + 30s, 5);
    REQUIRE(jobs.size() == 1);
    const auto before = ledger.one<JobColumns>(job_columns);
    ledger.must(stepping(jobs.front(), JobEnd::keep, noon + 9s, "unused"));
    CHECK(ledger.one<JobColumns>(job_columns) == before);
}

TEST_CASE("a post of each kind is kept beside the others, and no other kind is", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    store::Reader reads{ledger.engine.connection()};
    for (const PostKind kind : {PostKind::card, PostKind::audit, PostKind::requester_dm, PostKind::thread})
    {
        Transaction change{noon};
        change.post.emplace(RequestId{"rq-1"}, kind, "uuid of " + std::to_string(static_cast<int>(kind)));
        ledger.must(change);
    }
    for (const PostKind kind : {PostKind::card, PostKind::audit, PostKind::requester_dm, PostKind::thread})
    {
        const auto found = reads.post(RequestId{"rq-1"}, kind);
        REQUIRE(found);
        CHECK(found->kind == kind);
        CHECK(found->request == RequestId{"rq-1"});
        CHECK(found->uuid == "uuid of " + std::to_string(static_cast<int>(kind)));
    }
    using Row = std::tuple<std::string>;
    const auto kinds = ledger.engine.connection().query<Row>("SELECT kind FROM post ORDER BY kind");
    CHECK(kinds == std::vector<Row>{{"audit"}, {"card"}, {"requester_dm"}, {"thread"}});

    Transaction change{noon};
    change.post.emplace(RequestId{"rq-1"}, static_cast<PostKind>(99), "uuid");
    CHECK(ledger.apply(change).error() == Errc::malformed);
}

TEST_CASE("a post that is sent again has all its columns anew", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    Post post{RequestId{"rq-1"}, PostKind::card, "first"};
    post.channel = ChannelId{"C1"};
    post.ts = MessageTs{"1.000001"};
    post.sending_since = noon;
    post.drawn_version = 4;
    Transaction change{noon};
    change.post = post;
    ledger.must(change);
    change.post = Post{RequestId{"rq-1"}, PostKind::card, "second"};
    ledger.must(change);
    const auto found = store::Reader{ledger.engine.connection()}.post(RequestId{"rq-1"}, PostKind::card);
    REQUIRE(found);
    CHECK(found->uuid == "second");
    CHECK_FALSE(found->channel);
    CHECK_FALSE(found->ts);
    CHECK_FALSE(found->sending_since);
    CHECK(found->drawn_version == -1);
}

TEST_CASE("of expired replay marks at most so many are pruned, the oldest first", "[store]")
{
    Ledger ledger;
    ledger.engine.connection().script("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
                                      "INSERT INTO replay SELECT 'old-' || (300 - i), i FROM n");
    Transaction change{noon};
    change.replay = ReplayMark{"new", noon + 300s};
    ledger.must(change);
    CHECK(ledger.count("SELECT count(*) FROM replay") == 301);
    CHECK(ledger.engine.prune(noon, 256) == 256);
    CHECK(ledger.count("SELECT min(expires_at) FROM replay") == 257);
    using Row = std::tuple<std::string, std::int64_t>;
    CHECK(
        ledger.one<Row>("SELECT digest, expires_at FROM replay WHERE digest = 'new'") == Row{"new", noon_ms + 300'000});
    CHECK(ledger.engine.prune(noon, 256) == 44);
    CHECK(ledger.engine.prune(noon, 256) == 0);
    CHECK(ledger.count("SELECT count(*) FROM replay") == 1);
}

TEST_CASE("a probe overwrites its one row", "[store]")
{
    Ledger ledger;
    ledger.engine.probe(noon);
    ledger.engine.probe(noon + 1s);
    using Row = std::tuple<std::int64_t, std::int64_t>;
    CHECK(ledger.one<Row>("SELECT id, at FROM probe") == Row{1, noon_ms + 1000});
}

TEST_CASE("a change is refused for the first thing that is wrong: lease, replay, freeze, version", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    Transaction marking{noon};
    marking.replay = ReplayMark{"digest", noon + 300s};
    ledger.must(marking);
    Transaction freezing{noon};
    freezing.freeze.emplace();
    freezing.freeze->freeze = Freeze{SlackUserId{"U1"}, noon, "incident", {}};
    ledger.must(freezing);

    Transaction change = inserting(some_request("rq-1"));
    change.job = JobStep{77, 1, JobEnd::keep, {}, {}};
    change.replay = marking.replay;
    change.unless_frozen = true;
    CHECK(ledger.apply(change).error() == Errc::lease_lost);
    change.job.reset();
    CHECK(ledger.apply(change).error() == Errc::replayed);
    change.replay.reset();
    CHECK(ledger.apply(change).error() == Errc::conflict);
    change.unless_frozen = false;
    CHECK(ledger.apply(change).error() == Errc::duplicate);
}
