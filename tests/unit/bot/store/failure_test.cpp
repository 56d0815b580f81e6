#include "bot/audit/chain.hpp"
#include "bot/store/database.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/disk.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <memory>

using namespace countersign;
using namespace countersign::test;
using store::Connection;
using store::Reader;
using store::Writer;

namespace {

Transaction auditing(const std::string& action)
{
    Transaction change{noon};
    change.audit.emplace_back(action, "U1");
    return change;
}

struct Ledger
{
    const TempDir dir;
    Disk disk;
    std::unique_ptr<Writer> engine = std::make_unique<Writer>(dir.file("db"), noon);

    Result<Receipt> apply(const Transaction& change) { return engine->apply({&change, 1}).front(); }
    void must(const Transaction& change) { REQUIRE(apply(change).has_value()); }
    std::vector<AuditRow> audit() { return Reader{engine->connection()}.audit_after(0, 100); }
};

}  // namespace

TEST_CASE("after a COMMIT for which there was no space the chain goes on behind the last committed row", "[store]")
{
    Ledger ledger;
    ledger.must(auditing("before"));
    ledger.disk.set_full(true);
    const std::vector<Transaction> lost = {auditing("lost"), auditing("lost_too")};
    CHECK_THROWS_WITH(ledger.engine->apply(lost), "database: database or disk is full (13) at COMMIT");
    CHECK_FALSE(ledger.engine->healthy());
    CHECK_FALSE(ledger.engine->connection().in_transaction());
    CHECK(ledger.audit().size() == 1);

    ledger.disk.set_full(false);
    const auto receipt = ledger.apply(auditing("after"));
    REQUIRE(receipt.has_value());
    CHECK(receipt->audit->sequence == 2);
    CHECK(ledger.engine->healthy());
    const auto rows = ledger.audit();
    REQUIRE(rows.size() == 2);
    CHECK_THAT(rows[1].text, Catch::Contains(R"("action":"after")"));
    CHECK_FALSE(audit::verify(rows));
}

TEST_CASE("a commit that failed is not there after a restart", "[store]")
{
    Ledger ledger;
    ledger.must(auditing("before"));
    ledger.disk.set_full(true);
    CHECK_THROWS_AS(ledger.apply(inserting(some_request("rq-1"))), StoreUnavailable);
    ledger.engine.reset();
    ledger.disk.set_full(false);
    ledger.engine = std::make_unique<Writer>(ledger.dir.file("db"), noon);
    CHECK_FALSE(Reader{ledger.engine->connection()}.request(RequestId{"rq-1"}));
    CHECK(ledger.audit().size() == 1);
    ledger.must(auditing("after"));
    CHECK_FALSE(audit::verify(ledger.audit()));
}

TEST_CASE("jobs whose claim could not be committed are claimed later, by the first lease", "[store]")
{
    Ledger ledger;
    ledger.must(adding(NewJob{"a", "lane", noon}));
    ledger.disk.set_full(true);
    CHECK_THROWS_AS(ledger.engine->claim(noon, noon + std::chrono::seconds{30}, 5), StoreUnavailable);
    CHECK_THROWS_AS(ledger.engine->probe(noon), StoreUnavailable);
    ledger.disk.set_full(false);
    const auto jobs = ledger.engine->claim(noon, noon + std::chrono::seconds{30}, 5);
    REQUIRE(jobs.size() == 1);
    CHECK(jobs.front().epoch == 1);
    CHECK(ledger.engine->healthy());
}

TEST_CASE("every commit is told to the disk before it returns", "[store]")
{
    Ledger ledger;
    ledger.must(auditing("first"));
    for (int i = 0; i < 3; ++i)
    {
        const int before = ledger.disk.syncs();
        ledger.must(auditing("next"));
        CHECK(ledger.disk.syncs() > before);
    }
}

TEST_CASE("after a commit that the disk may not have kept nothing is written until a restart", "[store]")
{
    Ledger ledger;
    ledger.must(auditing("before"));
    ledger.disk.set_syncs_failing(true);
    CHECK_THROWS_AS(ledger.apply(auditing("lost")), StoreUnavailable);
    ledger.disk.set_syncs_failing(false);
    CHECK_FALSE(ledger.engine->healthy());
    CHECK_THROWS_WITH(ledger.apply(auditing("again")), "the database has failed; it is not used until a restart");
    // Neither a shortage of space nor its end is taken for a recovery.
    ledger.engine->connection().relieve();
    CHECK_THROWS_AS(ledger.engine->probe(noon), StoreUnavailable);
    CHECK_THROWS_AS(ledger.engine->checkpoint(), StoreUnavailable);
    CHECK_FALSE(ledger.engine->healthy());

    ledger.engine.reset();
    ledger.engine = std::make_unique<Writer>(ledger.dir.file("db"), noon);
    ledger.must(auditing("after"));
    CHECK_FALSE(audit::verify(ledger.audit()));
}

TEST_CASE("a shortage after a failure does not make the failure pass", "[store]")
{
    Ledger ledger;
    Connection& connection = ledger.engine->connection();
    ledger.disk.set_syncs_failing(true);
    CHECK_THROWS_AS(ledger.apply(auditing("lost")), StoreUnavailable);
    CHECK(connection.health() == store::Health::failed);
    ledger.disk.set_syncs_failing(false);
    ledger.disk.set_full(true);
    // A script does not ask for the health: it is what a rollback takes.
    CHECK_THROWS_AS(connection.script("INSERT INTO probe (id, at) VALUES (1, 0)"), StoreUnavailable);
    CHECK(connection.health() == store::Health::failed);
}

TEST_CASE("a lock that somebody else holds passes: the change is made once it is gone", "[store]")
{
    Ledger ledger;
    ledger.must(auditing("before"));
    ledger.engine->connection().script("PRAGMA busy_timeout = 5");
    Connection other{ledger.dir.file("db"), Connection::Use::write};
    other.script("BEGIN IMMEDIATE");
    CHECK_THROWS_WITH(ledger.apply(auditing("lost")), "database: database is locked (5) at BEGIN IMMEDIATE");
    CHECK(ledger.engine->connection().health() == store::Health::strained);
    CHECK_FALSE(ledger.engine->connection().in_transaction());
    other.script("ROLLBACK");
    const auto receipt = ledger.apply(auditing("after"));
    REQUIRE(receipt.has_value());
    CHECK(receipt->audit->sequence == 2);
    CHECK(ledger.engine->healthy());
    CHECK_FALSE(audit::verify(ledger.audit()));
}

TEST_CASE("what cannot be read is a failure until a restart", "[store]")
{
    Ledger ledger;
    ledger.must(inserting(some_request("rq-1")));
    Connection reading{ledger.dir.file("db"), Connection::Use::read};
    reading.script("PRAGMA shrink_memory");
    ledger.disk.set_reads_failing(true);
    CHECK_THROWS_AS(Reader{reading}.request(RequestId{"rq-1"}), StoreUnavailable);
    CHECK(reading.health() == store::Health::failed);
    ledger.disk.set_reads_failing(false);
    CHECK_THROWS_WITH(
        Reader{reading}.request(RequestId{"rq-1"}), "the database has failed; it is not used until a restart");
    // The writer is another connection, with a health of its own.
    CHECK(ledger.engine->healthy());
}
