#include "bot/store/migrations.hpp"

#include "bot/crypto/digest.hpp"
#include "bot/store/database.hpp"
#include "bot/store/start_refused.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace countersign;
using namespace countersign::test;
using store::Connection;
using store::migrate;
using store::Migration;
using store::StartRefused;

namespace {

const Migration first{1, "0001_first", "CREATE TABLE one (id INTEGER); CREATE TABLE two (id INTEGER);"};
const Migration second{2, "0002_second", "ALTER TABLE one ADD COLUMN name TEXT;"};
const Migration broken{2, "0002_broken", "CREATE TABLE three (id INTEGER); CREATE TABLE one (id INTEGER);"};

std::int64_t count(Connection& connection, const char* text)
{
    return std::get<0>(*connection.query_one<std::tuple<std::int64_t>>(text));
}

}  // namespace

TEST_CASE("migrations are numbered from one without gaps", "[store]")
{
    int expected = 1;
    for (const Migration& migration : store::migrations()) CHECK(migration.version == expected++);
    CHECK(expected > 1);
}

TEST_CASE("each migration is applied once and recorded with its checksum", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, std::vector{first}, noon);
    migrate(connection, std::vector{first, second}, noon);
    migrate(connection, std::vector{first, second}, noon);
    using Row = std::tuple<std::int64_t, std::string, std::string, std::int64_t>;
    const auto rows =
        connection.query<Row>("SELECT version, name, sha256, applied_at FROM schema_migration ORDER BY version");
    REQUIRE(rows.size() == 2);
    CHECK(rows[1] == Row{2, "0002_second", sha256_hex(second.text), to_unix_ms(noon)});
    CHECK(count(connection, "SELECT count(*) FROM pragma_table_info('one')") == 2);
}

TEST_CASE("a migration whose text was changed is refused", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, std::vector{first, second}, noon);
    const Migration changed{1, "0001_first", "CREATE TABLE one (id TEXT);"};
    CHECK_THROWS_WITH(
        migrate(connection, std::vector{changed, second}, noon), Catch::Contains("another text of migration 0001"));
}

TEST_CASE("a schema that is newer than the program is refused", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, std::vector{first, second}, noon);
    CHECK_THROWS_WITH(
        migrate(connection, std::vector{first}, noon),
        Catch::Contains("schema version 2") && Catch::Contains("up to 1"));
}

TEST_CASE("a migration that fails leaves nothing behind", "[store]")
{
    const TempDir dir;
    {
        Connection connection{dir.file("db"), Connection::Use::write};
        migrate(connection, std::vector{first}, noon);
        CHECK_THROWS_AS(migrate(connection, std::vector{first, broken}, noon), StartRefused);
    }
    Connection connection{dir.file("db"), Connection::Use::write};
    CHECK(count(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'three'") == 0);
    CHECK(count(connection, "SELECT count(*) FROM schema_migration") == 1);
}

TEST_CASE("the program refuses a database of a newer or of another program", "[store]")
{
    const TempDir dir;
    const auto change = GENERATE(
        "INSERT INTO schema_migration VALUES (999, '0999_later', 'x', 0)", "UPDATE schema_migration SET sha256 = 'x'");
    {
        store::Writer engine{dir.file("db"), noon};
        engine.connection().script(change);
    }
    CHECK_THROWS_AS((store::Writer{dir.file("db"), noon}), StartRefused);
}

TEST_CASE("a migration that does not fit what is stored is refused and named", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, std::vector{first}, noon);
    connection.script("INSERT INTO one VALUES (1), (1)");
    const Migration unfit{2, "0002_unfit", "CREATE UNIQUE INDEX one_id ON one (id);"};
    CHECK_THROWS_WITH(
        migrate(connection, std::vector{first, unfit}, noon), "migration 0002_unfit does not fit the stored data");
    CHECK_FALSE(connection.in_transaction());
    CHECK(count(connection, "SELECT count(*) FROM schema_migration") == 1);
}

TEST_CASE("a migration that cannot be run is refused with the database's words", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, std::vector{first}, noon);
    CHECK_THROWS_WITH(
        migrate(connection, std::vector{first, broken}, noon), Catch::StartsWith("the database cannot be migrated: "));
    CHECK_FALSE(connection.in_transaction());
}

TEST_CASE("a migration with another number than the one that was applied is refused", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, std::vector{first}, noon);
    Migration renumbered = first;
    renumbered.version = 3;
    CHECK_THROWS_WITH(
        migrate(connection, std::vector{renumbered}, noon), Catch::Contains("another text of migration 0001_first"));
}

TEST_CASE("the names of the migrations are those of their files", "[store]")
{
    const auto all = store::migrations();
    REQUIRE(all.size() >= 2);
    CHECK(std::string{all[0].name} == "0001_ledger");
    CHECK(std::string{all[1].name} == "0002_people_and_policy");
}

TEST_CASE("what the first schema held is there after the second, and whom approvers were asked about", "[store]")
{
    Connection connection{":memory:", Connection::Use::write};
    migrate(connection, store::migrations().first(1), noon);
    connection.script(
        "INSERT INTO request VALUES ('a', 4, 'pending', 1, 'auth0|1', 'U1', 10, 11, '{}'),"
        " ('b', 0, 'looking_up', 1, NULL, 'U2', 20, 21, '{}');"
        "INSERT INTO post VALUES ('a', 'card', 'uuid-1', 'C1', '1.1', 77, 3), ('a', 'audit', 'uuid-2', NULL, NULL, "
        "NULL, -1);");
    migrate(connection, store::migrations(), noon);
    using Request = std::tuple<std::string, std::int64_t, std::int64_t, std::optional<std::string>>;
    CHECK(
        connection.query<Request>("SELECT id, version, was_asked, decided_by FROM request ORDER BY id") ==
        std::vector<Request>{{"a", 4, 1, {}}, {"b", 0, 0, {}}});
    using Post = std::tuple<
        std::string, std::string, std::string, std::optional<std::string>, std::optional<std::string>,
        std::optional<std::int64_t>, std::int64_t>;
    CHECK(
        connection.query<Post>(
            "SELECT request_id, kind, uuid, channel, ts, sending_since, drawn_version FROM post ORDER BY kind") ==
        std::vector<Post>{{"a", "audit", "uuid-2", {}, {}, {}, -1}, {"a", "card", "uuid-1", "C1", "1.1", 77, 3}});
    using Freeze = std::tuple<std::int64_t, std::int64_t, std::optional<std::string>>;
    CHECK(connection.query<Freeze>("SELECT id, version, document FROM freeze") == std::vector<Freeze>{{1, 0, {}}});
}

TEST_CASE("the schema refuses what no ledger may hold", "[store]")
{
    store::Writer engine{":memory:", noon};
    Connection& connection = engine.connection();
    connection.script("INSERT INTO request (id, version, state, is_open, requester, created_at, updated_at, document) "
                      "VALUES ('a', 0, 'pending', 1, 'U1', 0, 0, '{}');"
                      "INSERT INTO probe VALUES (1, 0)");
    const auto text = GENERATE(
        // Flags are flags.
        "UPDATE request SET is_open = 2", "UPDATE request SET was_asked = 2", "UPDATE request SET was_asked = NULL",
        // There is one switch, and one row that is overwritten.
        "INSERT INTO freeze VALUES (2, 0, NULL)", "INSERT INTO probe VALUES (2, 0)",
        // A job is in one of its states, leased exactly while it has a lease, ended exactly when it has an end.
        "INSERT INTO job (kind, lane, payload, state, due_at, created_at) VALUES ('a', 'l', '', 'lost', 0, 0)",
        "INSERT INTO job (kind, lane, payload, state, due_at, created_at) VALUES ('a', 'l', '', 'leased', 0, 0)",
        "INSERT INTO job (kind, lane, payload, state, due_at, created_at, lease_until) "
        "VALUES ('a', 'l', '', 'ready', 0, 0, 9)",
        "INSERT INTO job (kind, lane, payload, state, due_at, created_at) VALUES ('a', 'l', '', 'done', 0, 0)",
        "INSERT INTO job (kind, lane, payload, state, due_at, created_at) VALUES ('a', 'l', '', 'dead', 0, 0)",
        "INSERT INTO job (kind, lane, payload, state, due_at, created_at, finished_at) "
        "VALUES ('a', 'l', '', 'ready', 0, 0, 9)",
        "INSERT INTO post VALUES ('a', 'poem', 'uuid', NULL, NULL, NULL, 0)");
    CAPTURE(text);
    CHECK_THROWS_AS(connection.script(text), store::ConstraintViolated);
    CHECK(engine.healthy());
}
