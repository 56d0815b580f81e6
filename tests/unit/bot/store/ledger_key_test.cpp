#include "bot/store/ledger_key.hpp"

#include "bot/crypto/vault.hpp"
#include "bot/store/database.hpp"
#include "bot/store/migrations.hpp"
#include "bot/store/start_refused.hpp"
#include "bot/store/writer.hpp"
#include "handlers/core/hex.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>

using namespace countersign;
using namespace countersign::test;
using store::Connection;
using store::StartRefused;
using store::Writer;

namespace {

// The second is that of the ledgers of version ef678c0.
struct Keys
{
    SeededRandom random{1};
    FileVault ours{Secret{"fedcba9876543210fedcba9876543210"}, random};
    FileVault theirs{Secret{"0123456789abcdef0123456789abcdef"}, random};
};

// As SqlStore does.
void open(const std::string& path, const FileVault& vault)
{
    store::require_key(path, vault);
    Writer engine{path, noon};
    store::keep_key(engine.connection(), vault);
}

std::string refusal(const std::string& path)
{
    return path +
        ": the vault key of the configuration ([vault] key_file) is not the one that this database was sealed "
        "with; nothing was changed.";
}

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// As that version left it, waiting with a password that is sealed.
void restore_old(const std::string& path, const std::string& moment)
{
    const std::filesystem::path folder{COUNTERSIGN_TEST_DATA "/ledger/ef678c0"};
    Connection connection{path, Connection::Use::write};
    connection.script("PRAGMA foreign_keys = OFF");
    connection.script((content_of(folder / "schema.sql") + content_of(folder / (moment + ".sql"))).c_str());
    REQUIRE(::chmod(path.c_str(), 0600) == 0);
}

}  // namespace

TEST_CASE("a ledger knows the key that it was begun with, and takes no other", "[store]")
{
    const TempDir dir;
    const Keys keys;
    open(dir.file("db"), keys.ours);
    open(dir.file("db"), keys.ours);
    const std::string before = content_of(dir.file("db"));
    CHECK_THROWS_WITH(open(dir.file("db"), keys.theirs), Catch::StartsWith(refusal(dir.file("db"))));
    CHECK(content_of(dir.file("db")) == before);
    CHECK_NOTHROW(open(dir.file("db"), keys.ours));
}

TEST_CASE("a ledger of before the check value is known by what was sealed in it", "[store]")
{
    const TempDir dir;
    const Keys keys;
    // A password that waits, and a request whose answer's address alone was sealed.
    const std::string moment = GENERATE("waiting_to_be_shown", "pending");
    restore_old(dir.file("db"), moment);
    const std::string before = content_of(dir.file("db"));
    CHECK_THROWS_WITH(open(dir.file("db"), keys.ours), Catch::StartsWith(refusal(dir.file("db"))));
    CHECK(content_of(dir.file("db")) == before);
    open(dir.file("db"), keys.theirs);
    CHECK_THROWS_AS(open(dir.file("db"), keys.ours), StartRefused);
    open(dir.file("db"), keys.theirs);
}

TEST_CASE(
    "a ledger of before in which nothing is sealed takes the key that it is opened with, and no other then", "[store]")
{
    const TempDir dir;
    const Keys keys;
    {
        Connection connection{dir.file("db"), Connection::Use::write};
        store::migrate(connection, store::migrations().first(2), noon);
        connection.script(
            "INSERT INTO request (id, version, state, is_open, requester, created_at, updated_at, document) "
            "VALUES ('a', 0, 'looking_up', 1, 'U1', 0, 0, '{}'), ('b', 0, 'looking_up', 1, 'U1', 1, 1, "
            "'{\"reply\":{\"url\":\"00ff\"}}')");
    }
    REQUIRE(::chmod(dir.file("db").c_str(), 0600) == 0);
    open(dir.file("db"), keys.ours);
    CHECK_THROWS_AS(open(dir.file("db"), keys.theirs), StartRefused);
}

TEST_CASE("of several keys the one counts that sealed last", "[store]")
{
    const TempDir dir;
    const Keys keys;
    const auto document = [](const FileVault& vault) {
        return "'{\"reply\":{\"url\":\"" + to_hex(vault.seal(Secret{"https://hooks"}, "c").bytes) + "\"}}'";
    };
    {
        Connection connection{dir.file("db"), Connection::Use::write};
        store::migrate(connection, store::migrations().first(2), noon);
        connection.script(
            ("INSERT INTO request (id, version, state, is_open, requester, created_at, updated_at, document) "
             "VALUES ('a', 0, 'looking_up', 1, 'U1', 0, 9, " +
             document(keys.theirs) + "), ('b', 0, 'looking_up', 1, 'U1', 1, 1, " + document(keys.ours) + ")")
                .c_str());
    }
    REQUIRE(::chmod(dir.file("db").c_str(), 0600) == 0);
    CHECK_THROWS_AS(open(dir.file("db"), keys.theirs), StartRefused);
    CHECK_NOTHROW(open(dir.file("db"), keys.ours));
}

TEST_CASE("a check value that names the key, but was changed, is refused", "[store]")
{
    const TempDir dir;
    const Keys keys;
    open(dir.file("db"), keys.ours);
    {
        Writer engine{dir.file("db"), noon};
        const auto row = engine.connection().query_one<std::tuple<std::string>>("SELECT sealed FROM ledger_key");
        REQUIRE(row);
        CHECK(std::get<0>(*row).size() > 100);
        engine.connection().script("UPDATE ledger_key SET sealed = substr(sealed, 1, length(sealed) - 2) || "
                                   "CASE WHEN sealed LIKE '%00' THEN '01' ELSE '00' END");
    }
    CHECK_THROWS_AS(open(dir.file("db"), keys.ours), StartRefused);
}
