#include "bot/store/migrations.hpp"

#include "bot/crypto/digest.hpp"
#include "bot/store/connection.hpp"
#include "bot/store/engine.hpp"
#include "bot/store/start_refused.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

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
        store::Engine engine{dir.file("db"), noon};
        engine.connection().script(change);
    }
    CHECK_THROWS_AS((store::Engine{dir.file("db"), noon}), StartRefused);
}
