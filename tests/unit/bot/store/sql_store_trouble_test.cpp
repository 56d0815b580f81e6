#include "bot/audit/chain.hpp"
#include "bot/store/database.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/sql_store.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/disk.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace countersign;
using namespace countersign::test;
using store::SqlStore;

namespace asio = boost::asio;

namespace {

std::string id_of(int number) { return "rq-" + std::to_string(number); }

Transaction numbered(int number)
{
    Transaction change = inserting(some_request(id_of(number)));
    change.audit.emplace_back("request_received", "U1", RequestId{id_of(number)});
    return change;
}

// What became of one call: "granted 7" with its audit row, "refused", or what was thrown.
asio::awaitable<void> note(asio::awaitable<Result<Receipt>> call, std::string& into)
{
    try
    {
        const auto receipt = co_await std::move(call);
        into = !receipt      ? "refused"
            : receipt->audit ? "granted " + std::to_string(receipt->audit->sequence)
                             : "granted";
    }
    catch (const std::exception& failure)
    {
        into = failure.what();
    }
}

template <class T>
asio::awaitable<Result<Receipt>> done(asio::awaitable<T> call)
{
    [[maybe_unused]] const T value = co_await std::move(call);
    co_return Receipt{};
}

asio::awaitable<Result<Receipt>> done(asio::awaitable<void> call)
{
    co_await std::move(call);
    co_return Receipt{};
}

// A store whose calls are started and looked at later.
struct Shop
{
    const TempDir dir;
    Disk disk;
    asio::io_context context{1};
    std::unique_ptr<SqlStore> store = std::make_unique<SqlStore>(context.get_executor(), dir.file("db"), noon);
    std::vector<std::unique_ptr<std::string>> outcomes;  // of calls, in their order

    const std::string& start(asio::awaitable<Result<Receipt>> call)
    {
        std::string& outcome = *outcomes.emplace_back(std::make_unique<std::string>("waits"));
        asio::co_spawn(context, note(std::move(call), outcome), [](std::exception_ptr) {});
        context.restart();
        context.poll();
        return outcome;
    }
    const std::string& commit(Transaction change) { return start(store->commit(std::move(change))); }
    void finish()
    {
        context.restart();
        context.run();
    }
    // The writer is amid the commit of request 0 from here until the disk is released.
    void hold_the_writer()
    {
        disk.hold_next_write();
        commit(numbered(0));
        disk.wait_until_held();
    }
    std::vector<AuditRow> audit_at_the_end()
    {
        store.reset();
        store::Writer engine{dir.file("db"), noon};
        return store::Reader{engine.connection()}.audit_after(0, 100'000);
    }
};

const std::string full = "database: database or disk is full (13) at COMMIT";

}  // namespace

TEST_CASE("a commit that throws is answered as failed to everybody in it, and nothing of it is there", "[store]")
{
    Shop shop;
    shop.hold_the_writer();
    shop.disk.set_full(true);
    shop.disk.release();
    for (int i = 1; i <= 5; ++i) shop.commit(numbered(i));
    int announced = 0;
    shop.store->on_jobs([&announced] { ++announced; });
    shop.commit(adding(NewJob{"a", "lane", noon}));
    shop.finish();
    REQUIRE(shop.outcomes.size() == 7);
    for (const auto& outcome : shop.outcomes) CHECK(*outcome == full);
    CHECK_FALSE(shop.store->healthy());
    CHECK(announced == 0);

    shop.disk.set_full(false);
    const auto& after = shop.commit(numbered(9));
    shop.finish();
    CHECK(after == "granted 1");
    CHECK(shop.store->healthy());
    CHECK_FALSE(run(shop.context, shop.store->find_request(RequestId{id_of(1)})));
    const auto rows = shop.audit_at_the_end();
    CHECK(rows.size() == 1);
    CHECK_FALSE(audit::verify(rows));
}

TEST_CASE("what fails beside changes is answered as failed too", "[store]")
{
    Shop shop;
    shop.commit(adding(NewJob{"a", "lane", noon}));
    shop.finish();
    shop.disk.set_full(true);
    shop.start(done(shop.store->probe(noon)));
    shop.start(done(shop.store->claim_jobs(noon, noon + std::chrono::seconds{30}, 5, {})));
    shop.finish();
    REQUIRE(shop.outcomes.size() == 3);
    CHECK(*shop.outcomes[1] == full);
    CHECK(*shop.outcomes[2] == full);
    CHECK_FALSE(shop.store->healthy());
    shop.disk.set_full(false);
    shop.start(done(shop.store->probe(noon)));
    shop.finish();
    CHECK(*shop.outcomes[3] == "granted");
    CHECK(shop.store->healthy());
}

TEST_CASE("a store whose reader has failed is not healthy", "[store]")
{
    Shop shop;
    shop.commit(numbered(1));
    shop.finish();
    REQUIRE(shop.store->healthy());
    shop.disk.set_reads_failing(true);
    const auto& read = shop.start(done(shop.store->find_request(RequestId{id_of(1)})));
    shop.finish();
    shop.disk.set_reads_failing(false);
    CHECK_THAT(read, Catch::StartsWith("database: database disk image is malformed"));
    CHECK_FALSE(shop.store->healthy());
    // The writer goes on, and does not heal the reader.
    const auto& written = shop.commit(numbered(2));
    shop.finish();
    CHECK(written == "granted 2");
    CHECK_FALSE(shop.store->healthy());
}

TEST_CASE("1,024 changes wait while the disk is slow; one more is refused at once and not made", "[store]")
{
    Shop shop;
    shop.hold_the_writer();
    for (int i = 1; i <= 1024; ++i) REQUIRE(shop.commit(numbered(i)) == "waits");
    CHECK(shop.commit(numbered(1025)) == "too many calls wait for the store");
    CHECK(shop.start(done(shop.store->probe(noon))) == "too many calls wait for the store");
    // Those who read do not stand in that queue.
    shop.start(done(shop.store->find_freeze()));
    shop.disk.release();
    shop.finish();
    CHECK(*shop.outcomes.back() == "granted");
    CHECK(*shop.outcomes[1024] == "granted 1025");
    CHECK(shop.audit_at_the_end().size() == 1025);
}

TEST_CASE("1,024 calls wait for the reader, and one more is refused at once", "[store]")
{
    Shop shop;
    shop.commit(numbered(0));
    shop.finish();
    shop.disk.hold_next_read();
    const auto read = [&]() -> const std::string& {
        return shop.start(done(shop.store->find_request(RequestId{id_of(0)})));
    };
    read();
    shop.disk.wait_until_held();
    for (int i = 1; i <= 1024; ++i) REQUIRE(read() == "waits");
    CHECK(read() == "too many calls wait for the store");
    shop.disk.release();
    shop.finish();
    CHECK(*shop.outcomes[1] == "granted");
    CHECK(*shop.outcomes[1025] == "granted");
}

TEST_CASE("changes that wait are made in their order, 128 at a time, each group with one trip to the disk", "[store]")
{
    Shop shop;
    shop.commit(numbered(1000));
    shop.finish();
    shop.hold_the_writer();
    const int before = shop.disk.syncs();
    for (int i = 1; i <= 300; ++i) shop.commit(numbered(i));
    shop.disk.release();
    shop.finish();
    // That of the first, and those of 128, 128 and 44.
    CHECK(shop.disk.syncs() - before == 4);
    REQUIRE(shop.outcomes.size() == 302);
    for (std::size_t i = 1; i < shop.outcomes.size(); ++i)
        REQUIRE(*shop.outcomes[i] == "granted " + std::to_string(i + 1));
}

TEST_CASE("a claim sees the changes that were called before it", "[store]")
{
    Shop shop;
    shop.hold_the_writer();
    shop.commit(adding(NewJob{"a", "lane", noon}));
    std::vector<Job> jobs;
    asio::co_spawn(
        shop.context, shop.store->claim_jobs(noon, noon + std::chrono::seconds{30}, 5, {}),
        [&jobs](std::exception_ptr, std::vector<Job> claimed) { jobs = std::move(claimed); });
    shop.context.poll();
    shop.disk.release();
    shop.finish();
    REQUIRE(jobs.size() == 1);
    CHECK(jobs.front().kind == "a");
}

TEST_CASE("a store that ends while the disk is slow makes what was called before", "[store]")
{
    Shop shop;
    shop.hold_the_writer();
    for (int i = 1; i <= 200; ++i) shop.commit(numbered(i));
    shop.start(done(shop.store->find_freeze()));
    shop.disk.release();
    const auto rows = shop.audit_at_the_end();
    CHECK(rows.size() == 201);
    CHECK_FALSE(audit::verify(rows));
    shop.finish();
    REQUIRE(shop.outcomes.size() == 202);
    CHECK(*shop.outcomes[200] == "granted 201");
    CHECK(*shop.outcomes[201] == "granted");
}

TEST_CASE("jobs are not announced to somebody whose store is gone", "[store]")
{
    Shop shop;
    int announced = 0;
    shop.store->on_jobs([&announced] { ++announced; });
    shop.commit(adding(NewJob{"a", "lane", noon}));
    shop.store.reset();
    shop.finish();
    CHECK(*shop.outcomes[0] == "granted");
    CHECK(announced == 0);
}

TEST_CASE("a change that nobody may make is not put into the queue", "[store]")
{
    Shop shop;
    Transaction change{noon};
    change.credential_step = CredentialStep::destroy;
    CHECK(shop.commit(std::move(change)) == "a credential without its request");
}

TEST_CASE("a checkpoint empties the write-ahead log", "[store]")
{
    Shop shop;
    shop.commit(numbered(1));
    shop.finish();
    const std::string log = shop.dir.file("db-wal");
    REQUIRE(std::filesystem::file_size(log) > 0);
    CHECK(run(shop.context, shop.store->checkpoint()).is_empty);
    CHECK(std::filesystem::file_size(log) == 0);
}

TEST_CASE("a checkpoint that somebody's reading prevents says how large the log is", "[store]")
{
    Shop shop;
    shop.commit(numbered(1));
    shop.finish();
    store::Connection reading{shop.dir.file("db"), store::Connection::Use::read};
    reading.script("BEGIN");
    CHECK(reading.query<std::tuple<std::int64_t>>("SELECT count(*) FROM audit").size() == 1);
    shop.commit(numbered(2));
    shop.finish();
    const store::Checkpoint kept = run(shop.context, shop.store->checkpoint());
    CHECK_FALSE(kept.is_empty);
    CHECK(kept.log_bytes == std::filesystem::file_size(shop.dir.file("db-wal")));
    reading.script("ROLLBACK");
    const store::Checkpoint emptied = run(shop.context, shop.store->checkpoint());
    CHECK(emptied.is_empty);
    CHECK(emptied.log_bytes == 0);
}

TEST_CASE("jobs that ended long ago are pruned, at most as many as asked for", "[store]")
{
    Shop shop;
    for (const char* lane : {"1", "2", "3"}) shop.commit(adding(NewJob{"a", lane, noon}));
    shop.finish();
    const auto jobs = run(shop.context, shop.store->claim_jobs(noon, noon + std::chrono::seconds{30}, 5, {}));
    REQUIRE(jobs.size() == 3);
    for (const Job& job : jobs) shop.commit(stepping(job, JobEnd::finish));
    shop.finish();
    const TimePoint later = noon + std::chrono::days{7};
    CHECK(run(shop.context, shop.store->prune(later - Milliseconds{1}, 10)) == 0);
    CHECK(run(shop.context, shop.store->prune(later, 2)) == 2);
    CHECK(run(shop.context, shop.store->prune(later, 2)) == 1);
}
