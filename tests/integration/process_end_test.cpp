#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/ledger_file.hpp"
#include "tests/integration/support/raw_client.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <string>
#include <vector>

// How the program ends when it is told to.

using namespace countersign::test;
namespace people = demo::people;

namespace {

// A reset is asked for, and the bot waits `delay_ms` for Auth0 to answer its look-up.
void begin_slow_look_up(BotStage& stage, int delay_ms)
{
    int calls = 0;
    stage.company.auth0.faults().add(
        "GET /api/v2/users-by-email*", {standins::Fault::delay, delay_ms}, standins::FaultPlan::until_cleared);
    REQUIRE(stage.type_command(people::agent, "/reset-password", "ada.lovelace@example.com") == 200);
    REQUIRE(stage.until([&] {
        calls = 0;
        for (const auto& call : stage.company.auth0.calls())
            calls += call.path.starts_with("/api/v2/users-by-email") ? 1 : 0;
        return calls > 0;
    }));
}

bool logged_in_order(const std::vector<std::string>& events, const std::vector<std::string>& wanted)
{
    auto at = wanted.begin();
    for (const std::string& event : events)
        if (at != wanted.end() && event == *at) ++at;
    return at == wanted.end();
}

}  // namespace

TEST_CASE("told to end, the bot ends with status 0 and says so", "[process]")
{
    const auto [number, name] =
        GENERATE(table<int, std::string>({{SIGTERM, std::to_string(SIGTERM)}, {SIGINT, std::to_string(SIGINT)}}));
    CAPTURE(number);
    BotStage stage;
    REQUIRE(stage.start_ready());
    stage.signal(number);
    CHECK(stage.wait_for_end() == 0);
    CHECK(logged_in_order(stage.events(), {"server_started", "signal_received", "server_stopped"}));
    CHECK(stage.writes(R"("event":"signal_received","signal":")" + name + "\""));
    CHECK_FALSE(stage.has_written(R"("level":"error")"));
}

TEST_CASE("a bot that ended can be started again on the same files", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    REQUIRE(stage.stop() == 0);
    CHECK(stage.start_ready());
    CHECK(stage.stop() == 0);
}

TEST_CASE("a request that is half there when the bot is told to end is answered; no other is accepted", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    RawClient client{stage.port()};
    const std::string head = "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n";
    REQUIRE(client.send(head + "Expect: 100-continue\r\n\r\n"));
    REQUIRE(client.read_response().status == 100);

    stage.signal(SIGTERM);
    REQUIRE(stage.until([&stage] { return stage.door_is_closed(); }));
    CHECK(stage.company.bot().running());
    CHECK(client.send("abc"));
    const RawResponse last = client.read_response();
    CHECK(last.status == 405);
    CHECK(last.head.find("Connection: close") != std::string::npos);
    CHECK(stage.wait_for_end() == 0);
}

TEST_CASE("a connection that only waits does not keep the bot from ending", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    RawClient client{stage.port()};
    // Accepted after it: then both were.
    REQUIRE(stage.get("/healthz") == R"(200 {"ok":true})");
    const auto told = std::chrono::steady_clock::now();
    CHECK(stage.stop() == 0);
    // It would wait ten seconds for a request in flight.
    CHECK(std::chrono::steady_clock::now() - told < std::chrono::seconds{8});
    CHECK(client.sees_end());
}

TEST_CASE("a job that waits for Auth0 when the bot is told to end comes to its end first", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    begin_slow_look_up(stage, 1'500);

    stage.signal(SIGTERM);
    REQUIRE(stage.until([&stage] { return stage.door_is_closed(); }));
    LedgerFile ledger{stage.company.bot().database_file()};
    REQUIRE(ledger.number("SELECT count(*) FROM job WHERE state = 'leased'") == 1);
    CHECK(stage.wait_for_end() == 0);

    CHECK(ledger.number("SELECT count(*) FROM request WHERE state = 'pending'") == 1);
    CHECK(ledger.number("SELECT count(*) FROM job WHERE state = 'leased'") == 0);
}

TEST_CASE("a job that does not come to its end in time is left for the next start", "[process]")
{
    BotStage stage{COUNTERSIGN_HURRIED_BINARY};  // it waits for a second, not for ten
    REQUIRE(stage.start_ready());
    begin_slow_look_up(stage, 60'000);
    stage.signal(SIGTERM);
    const auto told = std::chrono::steady_clock::now();
    CHECK(stage.wait_for_end() == 0);
    const auto took = std::chrono::steady_clock::now() - told;
    CHECK(took > std::chrono::milliseconds{900});
    CHECK(took < std::chrono::seconds{6});  // the call itself would be given up after ten
    CHECK(logged_in_order(stage.events(), {"signal_received", "server_stopped"}));
    CHECK(
        LedgerFile{stage.company.bot().database_file()}.number(
            "SELECT count(*) FROM request WHERE state = 'looking_up'") == 1);

    stage.company.auth0.faults().clear();
    REQUIRE(stage.start_ready());
    CHECK(stage.until([&stage] { return !stage.company.slack.messages(demo::channels::approvals).empty(); }));
}

TEST_CASE("a bot that is told to end twice ends at once, and loses nothing", "[process]")
{
    const int second = GENERATE(SIGTERM, SIGINT);
    BotStage stage;
    REQUIRE(stage.start_ready());
    begin_slow_look_up(stage, 60'000);
    stage.signal(SIGTERM);
    REQUIRE(stage.until([&stage] { return stage.door_is_closed(); }));
    stage.signal(second);
    // It would wait ten seconds for the look-up.
    const auto told = std::chrono::steady_clock::now();
    CHECK(stage.wait_for_end() == 128 + second);
    CHECK(std::chrono::steady_clock::now() - told < std::chrono::seconds{5});
    CHECK(logged_in_order(stage.events(), {"signal_received", "stop_cut_short"}));

    stage.company.auth0.faults().clear();
    REQUIRE(stage.start_ready());
    CHECK(stage.until([&stage] { return !stage.company.slack.messages(demo::channels::approvals).empty(); }));
}

TEST_CASE("a terminal that is closed does not end the bot", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    stage.signal(SIGHUP);
    stage.signal(SIGPIPE);
    REQUIRE(stage.writes(R"("event":"signal_received","signal":"1")"));
    CHECK(stage.get("/readyz") == R"(200 {"ok":true})");
    CHECK(stage.stop() == 0);
}

TEST_CASE("a password whose button was pressed just before the bot is told to end is shown", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    REQUIRE(stage.type_command(people::agent, "/reset-password", "ada.lovelace@example.com") == 200);
    REQUIRE(stage.until([&stage] { return !stage.company.slack.messages(demo::channels::approvals).empty(); }));
    REQUIRE(stage.run(stage.company.press(people::lead, "request.approve")) == 200);
    REQUIRE(stage.until([&stage] { return !stage.company.slack.dms(people::agent).empty(); }));
    const auto message = stage.company.slack.dms(people::agent).back();
    stage.company.slack.faults().add("users.info", {standins::Fault::delay, 700}, 10);
    auto press =
        stage.company.slack.click(people::agent, message.channel, message.ts, "handover.show", demo::Company::now());
    REQUIRE(stage.run(stage.company.deliver(std::move(press))) == 200);
    stage.signal(SIGTERM);
    CHECK(stage.wait_for_end() == 0);
    LedgerFile ledger{stage.company.bot().database_file()};
    const std::string rows = "SELECT count(*) FROM audit WHERE text LIKE '%\"action\":\"handover_opened\"%'";
    CHECK(ledger.number(rows) == 1);
}
