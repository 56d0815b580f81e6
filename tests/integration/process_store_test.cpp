#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/ledger_file.hpp"
#include "tests/integration/support/surroundings_guard.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

// What the running program does for its database, and what it does without one.

using namespace countersign::test;
namespace fs = std::filesystem;
namespace people = demo::people;

namespace {

constexpr std::uintmax_t large = 65'536;

fs::path write_ahead_log(BotStage& stage) { return stage.company.bot().database_file().string() + "-wal"; }

std::uintmax_t size_of(const fs::path& file)
{
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(file, missing);
    return missing ? 0 : size;
}

// From now on no file of the bot's grows past 16 KiB, as if the disk were broken. It must have been started with
// SIGXFSZ ignored: then a write fails.
void break_disk(BotStage& stage)
{
    const rlimit small{16'384, 16'384};
    REQUIRE(::prlimit(stage.company.bot().pid(), RLIMIT_FSIZE, &small, nullptr) == 0);
}

std::string job_that_ended(int days_ago)
{
    const auto at = demo::Company::now() - days_ago * 24LL * 3600 * 1000;
    const std::string when = std::to_string(at);
    return "INSERT INTO job (kind, lane, payload, state, due_at, created_at, finished_at) "
           "VALUES ('post_card', 'old', '{}', 'done', " +
        when + ", " + when + ", " + when + ")";
}

}  // namespace

TEST_CASE("the running bot deletes jobs that ended long ago, and no others", "[process]")
{
    BotStage stage{COUNTERSIGN_HURRIED_BINARY};
    REQUIRE(stage.start_ready());
    LedgerFile ledger{stage.company.bot().database_file()};
    // Not those of its start alone: one after the other.
    for (int round = 0; round < 2; ++round)
    {
        ledger.run(job_that_ended(8));
        ledger.run(job_that_ended(6));
        const std::string old_jobs = "SELECT count(*) FROM job WHERE lane = 'old'";
        CHECK(stage.until([&] { return ledger.number(old_jobs) == round + 1; }));
    }
}

TEST_CASE("the bot as it ships deletes jobs that ended long ago when it starts", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    REQUIRE(stage.stop() == 0);
    {
        LedgerFile ledger{stage.company.bot().database_file()};
        ledger.run(job_that_ended(8));
    }
    REQUIRE(stage.start_ready());
    LedgerFile ledger{stage.company.bot().database_file()};
    CHECK(stage.until([&] { return ledger.number("SELECT count(*) FROM job WHERE lane = 'old'") == 0; }));
}

TEST_CASE("the running bot empties its write-ahead log", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    stage.company.bot().kill();
    REQUIRE(size_of(write_ahead_log(stage)) > large);
    stage.company.bot().replace_binary(COUNTERSIGN_HURRIED_BINARY);
    REQUIRE(stage.start_ready());
    CHECK(stage.until([&] { return size_of(write_ahead_log(stage)) < large; }));
    CHECK(stage.company.bot().running());
}

TEST_CASE(
    "a reader of the database that was forgotten is told of, stalls nothing, and its log goes when it does",
    "[process]")
{
    BotStage stage{COUNTERSIGN_HURRIED_BINARY};
    REQUIRE(stage.start_ready());
    {
        LedgerFile forgotten{stage.company.bot().database_file()};
        forgotten.run("BEGIN");
        CHECK(forgotten.number("SELECT count(*) FROM request") == 0);
        REQUIRE(stage.writes(R"("level":"error","event":"write_ahead_log_stuck","bytes":")"));
        REQUIRE(stage.type_command(people::agent, "/reset-password", "ada.lovelace@example.com") == 200);
        CHECK(stage.get("/readyz") == R"(200 {"ok":true,"degraded":["write_ahead_log_stuck"]})");
        CHECK(size_of(write_ahead_log(stage)) > 0);
        forgotten.run("ROLLBACK");
    }
    CHECK(stage.writes(R"("event":"write_ahead_log_emptied")"));
    CHECK(stage.until([&] { return size_of(write_ahead_log(stage)) < large; }));
}

TEST_CASE("a bot that ends in order leaves no write-ahead log", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    REQUIRE(size_of(write_ahead_log(stage)) > 0);
    REQUIRE(stage.stop() == 0);
    CHECK_FALSE(fs::exists(write_ahead_log(stage)));
}

TEST_CASE("a bot whose database cannot be written any more ends by itself with status 70", "[process]")
{
    BotStage stage{COUNTERSIGN_HURRIED_BINARY};
    const IgnoredSignal ignored{SIGXFSZ};
    REQUIRE(stage.start_ready());
    break_disk(stage);
    CHECK(stage.wait_for_end() == 70);
    CHECK(stage.writes(R"("level":"error","event":"store_not_writable")"));
    CHECK(stage.writes(R"("event":"server_stopped")"));
}

TEST_CASE(
    "what cannot be written is not acknowledged, the bot is not ready, and it still ends when told to", "[process]")
{
    BotStage stage;
    const IgnoredSignal ignored{SIGXFSZ};
    REQUIRE(stage.start_ready());
    break_disk(stage);
    CHECK(stage.type_command(people::agent, "/reset-password", "ada.lovelace@example.com") == 503);
    CHECK(stage.get("/readyz") == R"(503 {"error":"store_not_writable"})");
    CHECK(stage.get("/healthz") == R"(200 {"ok":true})");
    CHECK(stage.writes(R"("event":"request_not_stored")"));
    CHECK(stage.stop() == 0);
}

TEST_CASE("a new job begins at once, not when the bot next looks for jobs", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    LedgerFile ledger{stage.company.bot().database_file()};
    const auto is_idle = [&] {
        return ledger.number(
                   "SELECT count(*) FROM job WHERE state = 'leased' OR (state = 'ready' AND due_at <= " +
                   std::to_string(demo::Company::now()) + ")") == 0;
    };
    // It looks every 500 ms: of eight jobs, which begin just after such a look, it would be late by four seconds.
    std::chrono::steady_clock::duration waited{};
    for (int number = 0; number < 8; ++number)
    {
        REQUIRE(stage.until(is_idle));
        const std::size_t before = stage.company.auth0.calls().size();
        const std::string email = "nobody-" + std::to_string(number) + "@acme.example";
        REQUIRE(stage.type_command(people::agent, "/reset-password", email) == 200);
        const auto since = std::chrono::steady_clock::now();
        REQUIRE(stage.until([&] { return stage.company.auth0.calls().size() > before; }));
        waited += std::chrono::steady_clock::now() - since;
    }
    CHECK(waited < std::chrono::seconds{2});
}
