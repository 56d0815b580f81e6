#include "bot/store/writer.hpp"

#include "bot/audit/chain.hpp"
#include "bot/store/database.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/start_refused.hpp"
#include "handlers/core/hex.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

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

void must(Writer& engine, const Transaction& change) { REQUIRE(engine.apply({&change, 1}).front().has_value()); }

std::string pragma(Writer& engine, const char* text)
{
    return std::get<0>(*engine.connection().query_one<std::tuple<std::string>>(text));
}

// Overwrites what follows the first page.
void spoil(const std::string& path)
{
    std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out | std::ios::ate};
    const auto size = static_cast<long>(file.tellp());
    REQUIRE(size > 4096);
    file.seekp(4096);
    for (long at = 4096; at < size; ++at) file.put('\x5a');
}

// How often SQLite sleeps because somebody else holds a lock. It does not really sleep.
class CountedSleeps
{
public:
    CountedSleeps()
    {
        count = 0;
        files_->xSleep = [](sqlite3_vfs*, int microseconds) {
            ++count;
            return microseconds;
        };
    }
    ~CountedSleeps() { files_->xSleep = usual_; }
    CountedSleeps(const CountedSleeps&) = delete;
    CountedSleeps& operator=(const CountedSleeps&) = delete;

    static inline int count = 0;

private:
    sqlite3_vfs* files_ = sqlite3_vfs_find(nullptr);
    int (*usual_)(sqlite3_vfs*, int) = files_->xSleep;
};

}  // namespace

TEST_CASE("a database file is opened in the durable way", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("a db.sqlite"), noon};
    CHECK(pragma(engine, "PRAGMA journal_mode") == "wal");
    CHECK(pragma(engine, "PRAGMA synchronous") == "2");
    CHECK(pragma(engine, "PRAGMA foreign_keys") == "1");
    CHECK(pragma(engine, "PRAGMA secure_delete") == "1");
    CHECK(pragma(engine, "PRAGMA wal_autocheckpoint") == "1000");
    CHECK(engine.healthy());
}

TEST_CASE("the file and its companions can be read by their owner alone", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db"), noon};
    must(engine, auditing("a"));
    for (const char* name : {"db", "db-wal", "db-shm", "db.lock"})
    {
        CAPTURE(name);
        const auto mode = std::filesystem::status(dir.file(name)).permissions();
        CHECK((mode & std::filesystem::perms{0077}) == std::filesystem::perms::none);
    }
}

TEST_CASE("a reading connection cannot write and does not checkpoint", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db"), noon};
    Connection reading{dir.file("db"), Connection::Use::read};
    CHECK(std::get<0>(*reading.query_one<std::tuple<std::string>>("PRAGMA wal_autocheckpoint")) == "0");
    CHECK_THROWS_AS(reading.script("DELETE FROM job"), StoreUnavailable);
}

TEST_CASE("what was committed is there after a restart, and the chain goes on", "[store]")
{
    const TempDir dir;
    {
        Writer engine{dir.file("db"), noon};
        must(engine, auditing("before"));
        must(engine, inserting(some_request("rq-1")));
    }
    Writer engine{dir.file("db"), noon};
    must(engine, auditing("after"));
    Reader reads{engine.connection()};
    CHECK(reads.request(RequestId{"rq-1"}));
    const auto rows = reads.audit_after(0, 10);
    CHECK(rows.size() == 2);
    CHECK_FALSE(audit::verify(rows));
}

TEST_CASE("a restart makes leased jobs ready, and their worker of before is fenced off", "[store]")
{
    const TempDir dir;
    Job stale;
    {
        Writer engine{dir.file("db"), noon};
        must(engine, adding(NewJob{"a", "lane", noon}));
        stale = engine.claim(noon, noon + std::chrono::hours{1}, 1).at(0);
    }
    Writer engine{dir.file("db"), noon};
    const Transaction finish = stepping(stale, JobEnd::finish);
    CHECK(engine.apply({&finish, 1}).front().error() == Errc::lease_lost);
    const auto jobs = engine.claim(noon, noon + std::chrono::hours{1}, 1);
    REQUIRE(jobs.size() == 1);
    CHECK(jobs.front().epoch == stale.epoch + 1);
    CHECK(engine.apply({&finish, 1}).front().error() == Errc::lease_lost);
}

TEST_CASE("a ledger knows when it was last written to, by a probe or by what happened last", "[store]")
{
    const TempDir dir;
    const auto stamp = [&] { return Writer{dir.file("db"), noon}.newest_stamp(); };
    const auto happened = [&](TimePoint at) {
        Writer engine{dir.file("db"), noon};
        Transaction change = auditing("something");
        change.at = at;
        must(engine, change);
    };
    CHECK_FALSE(stamp().has_value());
    happened(noon + std::chrono::hours{1});
    CHECK(stamp() == noon + std::chrono::hours{1});
    // That one was written by a clock that was ahead.
    happened(noon + std::chrono::minutes{1});
    CHECK(stamp() == noon + std::chrono::minutes{1});
    Writer{dir.file("db"), noon}.probe(noon + std::chrono::minutes{2});
    CHECK(stamp() == noon + std::chrono::minutes{2});
    happened(noon + std::chrono::minutes{3});
    CHECK(stamp() == noon + std::chrono::minutes{3});
}

TEST_CASE("a second writer is refused while the first lives", "[store]")
{
    const TempDir dir;
    {
        const Writer first{dir.file("db"), noon};
        CHECK_THROWS_WITH((Writer{dir.file("db"), noon}), Catch::Contains("in use by another countersign"));
    }
    CHECK_NOTHROW(Writer{dir.file("db"), noon});
}

TEST_CASE("a path that cannot be a database is refused", "[store]")
{
    const TempDir dir;
    CHECK_THROWS_AS((Writer{dir.file("no/such/dir/db"), noon}), store::StartRefused);
    CHECK_THROWS_AS((Writer{dir.file("a=b"), noon}), store::StartRefused);
    std::ofstream{dir.file("text")} << std::string(8192, 'x');
    std::filesystem::permissions(
        dir.file("text"), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    CHECK_THROWS_AS((Writer{dir.file("text"), noon}), store::StartRefused);
}

TEST_CASE("a damaged database is refused at the start", "[store]")
{
    const TempDir dir;
    {
        Writer engine{dir.file("db"), noon};
        must(engine, auditing("before"));
    }
    spoil(dir.file("db"));
    CHECK_THROWS_AS((Writer{dir.file("db"), noon}), store::StartRefused);
}

TEST_CASE("the audit log takes no UPDATE, DELETE or REPLACE", "[store]")
{
    Writer engine{":memory:", noon};
    must(engine, auditing("a"));
    const auto text = GENERATE(
        "UPDATE audit SET text = 'forged'", "UPDATE audit SET at = 0 WHERE sequence = 1", "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit VALUES (1, 0, NULL, 'hash', 'forged')", "UPDATE audit SET sequence = 9");
    CHECK_THROWS_AS(engine.connection().script(text), store::ConstraintViolated);
    const auto rows = Reader{engine.connection()}.audit_after(0, 10);
    REQUIRE(rows.size() == 1);
    CHECK_FALSE(audit::verify(rows));
    CHECK(engine.healthy());
}

TEST_CASE("a stored row that is not one of ours is corrupt, and the store goes on", "[store]")
{
    Writer engine{":memory:", noon};
    must(engine, inserting(some_request("rq-1")));
    Reader reads{engine.connection()};
    const auto text = GENERATE("UPDATE request SET document = '{}'", "UPDATE request SET state = 'lost'");
    engine.connection().script(text);
    try
    {
        reads.request(RequestId{"rq-1"});
        FAIL("a corrupt request was read");
    }
    catch (const boost::system::system_error& error)
    {
        CHECK(error.code() == Errc::corrupt);
    }
    CHECK(engine.healthy());
    must(engine, inserting(some_request("rq-2")));
}

TEST_CASE("a full disk refuses the whole commit, and passes when there is space again", "[store]")
{
    Writer engine{":memory:", noon};
    must(engine, auditing("before"));
    const std::string full = "PRAGMA max_page_count = " + pragma(engine, "PRAGMA page_count");
    engine.connection().script(full.c_str());
    Transaction large = auditing("too_much");
    large.audit.front().details.emplace_back("text", std::string(100'000, 'x'));
    const std::vector<Transaction> changes = {auditing("small"), large};
    CHECK_THROWS_AS(engine.apply(changes), StoreUnavailable);
    CHECK_FALSE(engine.healthy());
    CHECK_FALSE(engine.connection().in_transaction());
    CHECK(Reader{engine.connection()}.audit_after(0, 10).size() == 1);

    engine.connection().script("PRAGMA max_page_count = 100000");
    CHECK_NOTHROW(engine.probe(noon));
    CHECK(engine.healthy());
    CHECK(engine.apply(changes).size() == 2);
    const auto rows = Reader{engine.connection()}.audit_after(0, 10);
    CHECK(rows.size() == 3);
    CHECK_FALSE(audit::verify(rows));
}

TEST_CASE("a corrupt page stops the engine for good", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db"), noon};
    must(engine, inserting(some_request("rq-1")));
    engine.connection().script("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory");
    spoil(dir.file("db"));
    Reader reads{engine.connection()};
    CHECK_THROWS_AS(reads.request(RequestId{"rq-1"}), StoreUnavailable);
    CHECK_FALSE(engine.healthy());
    const Transaction change = auditing("after");
    CHECK_THROWS_AS(engine.apply({&change, 1}), StoreUnavailable);
    CHECK_THROWS_AS(engine.probe(noon), StoreUnavailable);
    CHECK_FALSE(engine.healthy());
}

TEST_CASE("the text of a failure quotes no stored value", "[store]")
{
    Writer engine{":memory:", noon};
    const std::string full = "PRAGMA max_page_count = " + pragma(engine, "PRAGMA page_count");
    engine.connection().script(full.c_str());
    Transaction change = inserting(some_request("rq-1"));
    change.insert->reason = std::string(100'000, 'x');
    try
    {
        engine.apply({&change, 1});
        FAIL("a full database took a request");
    }
    catch (const StoreUnavailable& error)
    {
        CHECK_THAT(error.what(), Catch::StartsWith("database: database or disk is full (13) at "));
    }
}

TEST_CASE("a destroyed credential is in no byte of the files once the log was emptied", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db.sqlite"), noon};
    const std::string sealed = "sealed-bytes-that-nothing-else-holds";
    Transaction change = inserting(some_request("rq-1"));
    change.credential_step = CredentialStep::seal;
    change.credential = Sealed{sealed};
    must(engine, change);
    const auto lingers = [&] {
        std::string bytes;
        for (const char* name : {"db.sqlite", "db.sqlite-wal"})
        {
            std::ifstream file{dir.file(name), std::ios::binary};
            bytes.append(std::istreambuf_iterator<char>{file}, {});
        }
        return bytes.find(to_hex(sealed)) != std::string::npos;
    };
    CHECK(lingers());
    Transaction over = updating(some_request("rq-1"));
    over.credential_step = CredentialStep::destroy;
    must(engine, over);
    CHECK(lingers());
    CHECK(engine.checkpoint());
    CHECK_FALSE(lingers());
    must(engine, auditing("still_works"));
}

TEST_CASE("emptying the log waits for nobody who reads, and it is empty once nobody does", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db.sqlite"), noon};
    Connection reading{dir.file("db.sqlite"), Connection::Use::read};
    must(engine, auditing("before"));
    reading.script("BEGIN");
    CHECK(reading.query<std::tuple<std::int64_t>>("SELECT sequence FROM audit").size() == 1);
    const CountedSleeps sleeps;
    for (int number = 0; number < 20; ++number)
    {
        must(engine, auditing("meanwhile"));
        CHECK_FALSE(engine.checkpoint());
    }
    CHECK(CountedSleeps::count == 0);
    CHECK(engine.healthy());
    reading.script("COMMIT");
    CHECK(engine.checkpoint());
    CHECK(std::filesystem::file_size(dir.file("db.sqlite-wal")) == 0);
}

TEST_CASE("but for emptying the log, a lock that another process holds is waited for", "[store]")
{
    const TempDir dir;
    Writer engine{dir.file("db.sqlite"), noon};
    CHECK(engine.checkpoint());
    Connection other{dir.file("db.sqlite"), Connection::Use::write};
    other.script("BEGIN IMMEDIATE");
    const CountedSleeps sleeps;
    CHECK_THROWS_AS(engine.probe(noon), StoreUnavailable);
    CHECK(CountedSleeps::count > 0);
}
