#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/child.hpp"
#include "tests/integration/support/ledger_file.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

// What the program asks of the files that it is given, and how it leaves its own.

using namespace countersign::test;
namespace fs = std::filesystem;

namespace {

constexpr int misconfigured = 2;

void set_mode(const fs::path& path, int mode) { REQUIRE(::chmod(path.c_str(), static_cast<mode_t>(mode)) == 0); }

int mode_of(const fs::path& path)
{
    struct stat about = {};
    REQUIRE(::lstat(path.c_str(), &about) == 0);
    return static_cast<int>(about.st_mode & 07777);
}

std::string content_of(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// By `config check` and by `serve`, with the same words, before anything is begun.
void check_refused(BotStage& stage, const std::string& words)
{
    Child check{
        {COUNTERSIGN_BINARY, "config", "check", stage.company.bot().config_file().string()},
        stage.company.folder() / "check"};
    CHECK(check.wait_for_end() == misconfigured);
    CHECK_THAT(check.output(), Catch::Contains(words));
    stage.start();
    CHECK(stage.wait_for_end() == misconfigured);
    CHECK(stage.writes(words));
    CHECK(stage.company.calls == 0);
}

}  // namespace

TEST_CASE("a secret that others could read or write is refused, and the command in the refusal mends it", "[process]")
{
    BotStage stage;
    const fs::path file = stage.company.folder() / "vault-key";
    set_mode(file, GENERATE(0640, 0602));
    const std::string command = "chmod 600 " + file.string();
    check_refused(
        stage,
        "[vault] key_file: others than its owner have rights on " + file.string() +
            "; take them away with: " + command);
    CHECK_FALSE(fs::exists(stage.company.bot().database_file()));
    REQUIRE(Child{{"/bin/sh", "-c", command}, stage.company.folder() / "mended"}.wait_for_end() == 0);
    CHECK(stage.start_ready());
}

TEST_CASE("a configuration that others could write, or in whose folder they could, is refused", "[process]")
{
    BotStage stage;
    const fs::path folder = stage.company.folder();
    const fs::path file = stage.company.bot().config_file();
    std::string told;
    SECTION("the file")
    {
        set_mode(file, 0662);
        told =
            "others than its owner may write " + file.string() + "; take that away with: chmod go-w " + file.string();
    }
    SECTION("the folder")
    {
        set_mode(folder, 0777);
        told = "others than its owner may write in " + folder.string() + "; take that away with: chmod go-w " +
            folder.string();
    }
    SECTION("the folder, as /tmp is")
    {
        set_mode(folder, 01777);
        told = "others may make files in " + folder.string() + ": move it to a folder of its own";
    }
    check_refused(stage, told);
}

TEST_CASE("a secret is found through links as Kubernetes makes them, and through no stranger's", "[process]")
{
    BotStage stage;
    const fs::path folder = stage.company.folder();
    fs::create_directory(folder / "..2026_11");
    fs::rename(folder / "vault-key", folder / "..2026_11" / "vault-key");
    fs::create_symlink("..2026_11", folder / "..data");
    fs::create_symlink("..data/vault-key", folder / "vault-key");
    REQUIRE(stage.start_ready());
    REQUIRE(stage.stop() == 0);
    if (::geteuid() != 0) return;
    REQUIRE(::lchown((folder / "..data").c_str(), 12'345, 12'345) == 0);
    stage.start();
    CHECK(stage.wait_for_end() == misconfigured);
    CHECK(stage.writes((folder / "..data").string() + " belongs to another user (12345)"));
}

TEST_CASE("a pipe at the path of a secret is refused, and not waited for", "[process]")
{
    BotStage stage;
    const fs::path file = stage.company.folder() / "slack-bot-token";
    fs::remove(file);
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    check_refused(stage, file.string() + " is no regular file; hand a pipe over as a descriptor, and write fd:N");
}

TEST_CASE("a secret is taken from a pipe that is handed over as a descriptor", "[process]")
{
    BotStage stage;
    const fs::path token = stage.company.folder() / "slack-bot-token";
    const fs::path starter = stage.company.folder() / "start-with-pipe";
    std::ofstream{starter} << "#!/bin/bash\nexec 3< <(cat " << token << ")\nexec " << COUNTERSIGN_BINARY << " \"$@\"\n";
    fs::permissions(starter, fs::perms::owner_all);
    stage.company.bot().replace_binary(starter);
    stage.configure("bot_token_file = \"slack-bot-token\"", "bot_token_file = \"fd:3\"");
    REQUIRE(stage.start_ready());
    CHECK(stage.stop() == 0);
}

TEST_CASE("a database that others could read, or that is not the file itself, is refused", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    REQUIRE(stage.stop() == 0);
    const fs::path database = stage.company.bot().database_file();
    const fs::path lock = database.string() + ".lock";
    std::string told;
    SECTION("readable by others")
    {
        set_mode(database, 0640);
        told = "others than its owner have rights on " + database.string() + "; take them away with: chmod 600 " +
            database.string();
    }
    SECTION("with a second name")
    {
        fs::create_hard_link(database, database.string() + ".second");
        told = database.string() + " has 2 names, and by another one a second process could use it";
    }
    SECTION("a link")
    {
        fs::rename(database, database.string() + ".real");
        fs::create_symlink(database.string() + ".real", database);
        told = database.string() + " is a link: put the file itself there";
    }
    SECTION("with a link as its lock")
    {
        fs::remove(lock);
        fs::create_symlink("elsewhere", lock);
        told = lock.string() + " is a link: put the file itself there";
    }
    const int calls = static_cast<int>(stage.company.calls);
    Child check{
        {COUNTERSIGN_BINARY, "config", "check", stage.company.bot().config_file().string()},
        stage.company.folder() / "check"};
    CHECK(check.wait_for_end() == misconfigured);
    CHECK_THAT(check.output(), Catch::Contains(told));
    stage.start();
    CHECK(stage.wait_for_end() == misconfigured);
    CHECK(stage.writes(told));
    CHECK(static_cast<int>(stage.company.calls) == calls);
    CHECK_FALSE(fs::exists(stage.company.folder() / "elsewhere"));
}

TEST_CASE("a database whose lock was taken away is still used by one bot alone", "[process]")
{
    BotStage first;
    REQUIRE(first.start_ready());
    const fs::path database = first.company.bot().database_file();
    fs::remove(database.string() + ".lock");
    BotStage second;
    second.configure(second.company.bot().database_file().string(), database.string());
    second.start();
    CHECK(second.wait_for_end() == 1);
    CHECK(second.writes(database.string() + ": in use by another countersign, under another path"));
    CHECK(first.get("/readyz") == R"(200 {"ok":true})");
}

TEST_CASE("with another vault key than its database's the bot does not start, and changes nothing", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    REQUIRE(stage.stop() == 0);
    const fs::path database = stage.company.bot().database_file();
    const fs::path key = stage.company.folder() / "vault-key";
    const std::string kept = content_of(key);
    const std::string before = content_of(database);
    std::ofstream{key} << std::string(48, 'w') << "\n";
    stage.start();
    CHECK(stage.wait_for_end() == 1);
    CHECK(stage.writes(
        "countersign: " + database.string() +
        ": the vault key of the configuration ([vault] key_file) is not the one that this database was sealed with; "
        "nothing was changed. Put back the key of before"));
    CHECK(content_of(database) == before);
    std::ofstream{key} << kept;
    CHECK(stage.start_ready());
}

TEST_CASE("whatever the bot makes is its own, however freely it was started", "[process]")
{
    BotStage stage;
    const mode_t before = ::umask(0);
    stage.start();
    ::umask(before);
    REQUIRE(stage.writes("server_started"));
    const fs::path database = stage.company.bot().database_file();
    REQUIRE(stage.until([&] { return fs::exists(database.string() + "-wal"); }));
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) CHECK(mode_of(database.string() + suffix) == 0600);
    std::ifstream status{"/proc/" + std::to_string(stage.company.bot().pid()) + "/status"};
    const std::string text{std::istreambuf_iterator<char>{status}, {}};
    CHECK_THAT(text, Catch::Contains("Umask:\t0077"));
}

// As README tells operators to back it up.
TEST_CASE("a copy that is made under umask 077 is its owner's alone", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    const fs::path copy = stage.company.folder() / "copy.db";
    const mode_t before = ::umask(077);
    LedgerFile{stage.company.bot().database_file()}.run("VACUUM INTO '" + copy.string() + "'");
    ::umask(before);
    CHECK(mode_of(copy) == 0600);
}
