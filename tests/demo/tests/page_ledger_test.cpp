#include "tests/demo/tests/page_fixture.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <memory>

using namespace demo;
using namespace demo::page::test;

namespace {

struct Close
{
    void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
};

// The bot's database, made by the bot's own migration and written as the bot writes.
class Database
{
public:
    explicit Database(const std::filesystem::path& file)
    {
        sqlite3* opened = nullptr;
        REQUIRE(sqlite3_open(file.c_str(), &opened) == SQLITE_OK);
        database_.reset(opened);
        run("PRAGMA journal_mode = WAL");
        std::ifstream migration{COUNTERSIGN_MIGRATION};
        REQUIRE(migration);
        run(std::string{std::istreambuf_iterator<char>{migration}, {}});
    }

    void run(const std::string& sql)
    {
        char* problem = nullptr;
        sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, &problem);
        const std::string words = problem == nullptr ? "" : problem;
        sqlite3_free(problem);
        INFO(words);
        REQUIRE(words.empty());
    }

    // One request: received, then decided after two seconds.
    void add_request()
    {
        run("INSERT INTO request VALUES ('cs-aaaaaaaaaaaa', 2, 'approved', 1, NULL, 'U0SUPPORT1', 1763800000000, "
            "1763800002000, '{\"email\":\"ada@example.com\"}')");
        run("INSERT INTO job (kind, lane, request_id, payload, state, due_at, created_at) "
            "VALUES ('change', 'l', 'cs-aaaaaaaaaaaa', '{}', 'ready', 1763800002000, 1763800002000)");
        run(R"(INSERT INTO audit VALUES (1, 1763800002000, 'cs-aaaaaaaaaaaa',
            '0ec8a7', '{"seq":1,"action":"request_approved"}'))");
    }

private:
    std::unique_ptr<sqlite3, Close> database_;
};

json::value metric(const json::object& ledger, const char* name)
{
    for (const auto& each : ledger.at("metrics").as_array())
        if (each.at("name") == name) return each.at("value");
    return "no such metric";
}

}  // namespace

TEST_CASE("before the bot's first start there is an empty ledger", "[page]")
{
    Desk desk;
    const auto ledger = desk.look("ledger");
    CHECK(ledger.at("ready").at("status") == 0);
    CHECK(ledger.at("process").at("running") == false);
    CHECK(ledger.at("chain").at("ok") == true);
    CHECK(ledger.at("heads").at("sequence") == 0);
    CHECK(ledger.at("requests").as_array().empty());
}

TEST_CASE(
    "the ledger shows requests, jobs and the audit log, and says that a made-up row is none of the bot's", "[page]")
{
    Desk desk;
    Database database{desk.company.bot().database_file()};
    database.add_request();
    const auto ledger = desk.look("ledger");
    CHECK(ledger.at("requests").at(0).at("document").at("email") == "ada@example.com");
    CHECK(ledger.at("jobs").at(0).at("kind") == "change");
    CHECK(ledger.at("jobs").at(0).at("lease_until").is_null());
    CHECK(ledger.at("audit").at(0).at("hash") == "0ec8a7");
    CHECK(ledger.at("heads").at("hash") == "0ec8a7");
    CHECK(ledger.at("chain").at("rows") == 1);
    CHECK(ledger.at("chain").at("ok") == false);
    CHECK(ledger.at("chain").at("broken_at") == 1);
}

TEST_CASE("metrics count from the ledger and from the stand-ins", "[page]")
{
    Desk desk;
    CHECK(metric(desk.look("ledger"), "slack_answer_milliseconds_median").is_null());
    Database database{desk.company.bot().database_file()};
    database.add_request();
    const auto ledger = desk.look("ledger");
    CHECK(metric(ledger, "requests_approved") == 1);
    CHECK(metric(ledger, "decision_seconds_median") == 2.0);
    CHECK(metric(ledger, "decision_seconds_p90") == 2.0);
    CHECK(metric(ledger, "jobs_waiting") == 1);
    CHECK(metric(ledger, "jobs_dead") == 0);
    CHECK(metric(ledger, "calls_to_slack") == 0);
}

TEST_CASE("a commit of the bot is a change of the ledger's part, a look at it is none", "[page]")
{
    Desk desk;
    const auto part = [&] { return desk.look("changes?since=0").at("parts").at("ledger").as_int64(); };
    Database database{desk.company.bot().database_file()};
    const auto before = part();
    database.add_request();
    const auto after = part();
    CHECK(after > before);
    desk.look("ledger");
    CHECK(part() == after);
    database.run("UPDATE job SET attempts = attempts + 1");
    CHECK(part() > after);
}

TEST_CASE("a database that cannot be read is an answer, not an end", "[page]")
{
    Desk desk;
    std::ofstream{desk.company.bot().database_file()} << std::string(4096, 'x');
    CHECK(desk.ask(desk.get("/page/api/ledger")).status == 503);
    CHECK(desk.look("changes?since=0").contains("revision"));
}
