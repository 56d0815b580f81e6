#include "bot/store/database.hpp"

#include "bot/store/start_refused.hpp"
#include "bot/store/writer.hpp"
#include "handlers/core/error.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

using namespace countersign;
using namespace countersign::test;
using store::Connection;
using store::Constraint;
using store::Writer;

namespace {

using Use = Connection::Use;

// `text` is a literal: statements stay prepared by their address.
std::string pragma(Connection& connection, const char* text)
{
    return std::get<0>(*connection.query_one<std::tuple<std::string>>(text));
}

// The kind of refusal that a statement meets.
std::optional<Constraint> refusal(Connection& connection, const char* text)
{
    try
    {
        connection.exec(text);
        return std::nullopt;
    }
    catch (const store::ConstraintViolated& violated)
    {
        return violated.kind();
    }
}

// SQLite's files without shared memory while it lives, as on file systems that have none.
class WithoutSharedMemory
{
public:
    WithoutSharedMemory() : usual_{sqlite3_vfs_find(nullptr)}
    {
        sqlite3_vfs* files = sqlite3_vfs_find("unix-dotfile");
        REQUIRE(files != nullptr);
        sqlite3_vfs_register(files, 1);
    }
    ~WithoutSharedMemory() { sqlite3_vfs_register(usual_, 1); }
    WithoutSharedMemory(const WithoutSharedMemory&) = delete;
    WithoutSharedMemory& operator=(const WithoutSharedMemory&) = delete;

private:
    sqlite3_vfs* usual_;
};

}  // namespace

TEST_CASE("a connection is set up in the safe way, to write and to read", "[store]")
{
    const TempDir dir;
    const Writer engine{dir.file("db"), noon};
    const auto [use, checkpoints, query_only] =
        GENERATE(table<Use, std::string, std::string>({{Use::write, "1000", "0"}, {Use::read, "0", "1"}}));
    Connection connection{dir.file("db"), use};
    CHECK(pragma(connection, "PRAGMA busy_timeout") == "5000");
    CHECK(pragma(connection, "PRAGMA synchronous") == "2");
    CHECK(pragma(connection, "PRAGMA foreign_keys") == "1");
    CHECK(pragma(connection, "PRAGMA secure_delete") == "1");
    CHECK(pragma(connection, "PRAGMA trusted_schema") == "0");
    CHECK(pragma(connection, "PRAGMA temp_store") == "2");
    CHECK(pragma(connection, "PRAGMA journal_mode") == "wal");
    CHECK(pragma(connection, "PRAGMA wal_autocheckpoint") == checkpoints);
    CHECK(pragma(connection, "PRAGMA query_only") == query_only);
    CHECK(connection.health() == store::Health::good);
}

TEST_CASE("a setting that does not hold is a reason not to start", "[store]")
{
    const TempDir dir;
    const WithoutSharedMemory files;
    CHECK_THROWS_WITH(
        (Connection{dir.file("db"), Use::write}), "PRAGMA journal_mode is delete after PRAGMA journal_mode = WAL");
}

TEST_CASE("a database in memory keeps its journal there", "[store]")
{
    Connection connection{":memory:", Use::write};
    CHECK(pragma(connection, "PRAGMA journal_mode") == "memory");
    CHECK(pragma(connection, "PRAGMA synchronous") == "2");
}

TEST_CASE("a database whose rows break its rules is refused at the start, by the writer", "[store]")
{
    const TempDir dir;
    {
        Writer engine{dir.file("db"), noon};
        engine.connection().script("PRAGMA ignore_check_constraints = ON; INSERT INTO probe VALUES (7, 0)");
    }
    CHECK_THROWS_WITH(
        (Writer{dir.file("db"), noon}),
        Catch::StartsWith(dir.file("db") + ": the database is damaged: ") && Catch::Contains("probe"));
}

TEST_CASE("a path that is no database is refused with its name", "[store]")
{
    const TempDir dir;
    CHECK_THROWS_WITH(
        (Connection{dir.file("no/db"), Use::write}), dir.file("no/db") + ": unable to open database file");
    CHECK_THROWS_WITH((Connection{"", Use::write}), Catch::Contains("is empty or contains '='"));
    CHECK_THROWS_WITH((Connection{"a=b", Use::write}), "the database path \"a=b\" is empty or contains '='");
}

TEST_CASE("the end of the reader leaves the write-ahead log alone, that of the writer empties it", "[store]")
{
    const TempDir dir;
    auto engine = std::make_unique<Writer>(dir.file("db"), noon);
    Transaction change{noon};
    change.audit.emplace_back("a", "U1");
    REQUIRE(engine->apply({&change, 1}).front().has_value());
    auto reading = std::make_unique<Connection>(dir.file("db"), Use::read);
    CHECK(reading->query<std::tuple<std::int64_t>>("SELECT sequence FROM audit").size() == 1);
    engine.reset();
    reading.reset();
    CHECK(std::filesystem::exists(dir.file("db-wal")));
    engine = std::make_unique<Writer>(dir.file("db"), noon);
    engine.reset();
    CHECK_FALSE(std::filesystem::exists(dir.file("db-wal")));
}

TEST_CASE("a refusal by the schema is told by its kind, and is no failure", "[store]")
{
    Connection connection{":memory:", Use::write};
    connection.script(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size > 0));"
        "CREATE TABLE b (name TEXT PRIMARY KEY, a INTEGER REFERENCES a (id)) WITHOUT ROWID;"
        "CREATE TABLE c (name TEXT);"
        "INSERT INTO a VALUES (1, 'x', 1); INSERT INTO b VALUES ('x', 1); INSERT INTO c (rowid, name) VALUES (5, 'x')");
    CHECK(refusal(connection, "INSERT INTO a VALUES (1, 'y', 1)") == Constraint::unique);
    CHECK(refusal(connection, "INSERT INTO a VALUES (2, 'x', 1)") == Constraint::unique);
    CHECK(refusal(connection, "INSERT INTO b VALUES ('x', 1)") == Constraint::unique);
    CHECK(refusal(connection, "INSERT INTO c (rowid, name) VALUES (5, 'y')") == Constraint::unique);
    CHECK(refusal(connection, "INSERT INTO b VALUES ('y', 9)") == Constraint::foreign);
    CHECK(refusal(connection, "INSERT INTO a VALUES (2, NULL, 1)") == Constraint::other);
    CHECK(refusal(connection, "INSERT INTO a VALUES (2, 'y', 0)") == Constraint::other);
    CHECK_FALSE(refusal(connection, "INSERT INTO a VALUES (2, 'y', 1)"));
    CHECK(connection.health() == store::Health::good);
    CHECK_FALSE(connection.in_transaction());
}

TEST_CASE("a refused statement can be run again", "[store]")
{
    Connection connection{":memory:", Use::write};
    connection.script("CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT)");
    constexpr const char* insert = "INSERT INTO a VALUES ($1, $2)";
    CHECK(connection.exec(insert, std::int64_t{1}, std::optional<std::string>{}) == 1);
    CHECK_THROWS_AS(connection.exec(insert, std::int64_t{1}, "x"), store::ConstraintViolated);
    CHECK(connection.exec(insert, std::int64_t{2}, "x") == 1);
    CHECK(connection.exec("UPDATE a SET name = 'y'") == 2);
    CHECK(connection.exec("UPDATE a SET name = 'y' WHERE id > 5") == 0);
    using Row = std::tuple<std::int64_t, std::optional<std::string>>;
    CHECK(connection.query<Row>("SELECT id, name FROM a WHERE id = $1", std::int64_t{2}) == std::vector<Row>{{2, "y"}});
    CHECK_FALSE(connection.query_one<Row>("SELECT id, name FROM a WHERE id = 9"));
}

TEST_CASE("what was begun and not committed is rolled back", "[store]")
{
    Connection connection{":memory:", Use::write};
    connection.script("CREATE TABLE a (id INTEGER)");
    {
        const store::SqlTransaction transaction{connection};
        CHECK(connection.in_transaction());
        connection.exec("INSERT INTO a VALUES (1)");
    }
    CHECK_FALSE(connection.in_transaction());
    using Row = std::tuple<std::int64_t>;
    CHECK(connection.query<Row>("SELECT id FROM a").empty());
    {
        store::SqlTransaction transaction{connection};
        connection.exec("INSERT INTO a VALUES (2)");
        transaction.commit();
    }
    CHECK(connection.query<Row>("SELECT id FROM a") == std::vector<Row>{{2}});
}

TEST_CASE("a transaction takes the lock when it begins", "[store]")
{
    const TempDir dir;
    const Writer engine{dir.file("db"), noon};
    Connection one{dir.file("db"), Use::write};
    Connection other{dir.file("db"), Use::write};
    other.script("PRAGMA busy_timeout = 5");
    const store::SqlTransaction first{one};
    CHECK_THROWS_AS(store::SqlTransaction{other}, StoreUnavailable);
}

TEST_CASE("a shortage passes with the next durable write", "[store]")
{
    Connection connection{":memory:", Use::write};
    connection.script("CREATE TABLE a (bytes TEXT)");
    const std::string limit = "PRAGMA max_page_count = " + pragma(connection, "PRAGMA page_count");
    connection.script(limit.c_str());
    CHECK_THROWS_AS(connection.exec("INSERT INTO a VALUES ($1)", std::string(100'000, 'x')), StoreUnavailable);
    CHECK(connection.health() == store::Health::strained);
    connection.relieve();
    CHECK(connection.health() == store::Health::good);
    // A statement that is none is a mistake of ours, and nothing is trusted after it.
    CHECK_THROWS_AS(connection.script("NONSENSE"), StoreUnavailable);
    CHECK(connection.health() == store::Health::failed);
    connection.relieve();
    CHECK(connection.health() == store::Health::failed);
    CHECK_THROWS_AS(connection.exec("INSERT INTO a VALUES ('x')"), StoreUnavailable);
}
