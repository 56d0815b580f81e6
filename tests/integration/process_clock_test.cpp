#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/surroundings_guard.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

// Somebody sets the clock of the machine on which the program runs.

using namespace countersign::test;
namespace fs = std::filesystem;
namespace people = demo::people;

namespace {

const std::string ready = R"(200 {"ok":true})";
const std::string off = R"(503 {"error":"clock_off"})";

// What the sanitizers want to be told before something else is loaded first.
std::string sanitizer_options()
{
    const char* before = std::getenv("ASAN_OPTIONS");  // NOLINT(concurrency-mt-unsafe)
    const std::string first = before == nullptr ? "" : std::string{before} + ":";
    return first + "verify_asan_link_order=0";
}

// The clock of a machine of its own: of the programs that are started while this lives.
class MachineClock
{
public:
    void set(std::chrono::seconds ahead)
    {
        const fs::path next = file_.string() + ".next";
        std::ofstream{next} << ahead.count();
        fs::rename(next, file_);
    }

private:
    demo::PrivateFolder folder_{"countersign-clock"};
    fs::path file_ = folder_.path() / "seconds-ahead";
    Environment name_{"COUNTERSIGN_TEST_CLOCK", file_.string()};
    Environment load_{"LD_PRELOAD", COUNTERSIGN_SET_CLOCK};
    Environment options_{"ASAN_OPTIONS", sanitizer_options()};
};

int ask(BotStage& stage) { return stage.type_command(people::agent, "/reset-password", "nobody@acme.example"); }

long count_of(BotStage& stage, const std::string& event)
{
    const auto events = stage.events();
    return std::count(events.begin(), events.end(), event);
}

}  // namespace

TEST_CASE("a running bot refuses what is asked while its machine's clock is off, says so, and goes on", "[process]")
{
    MachineClock clock;
    BotStage stage;
    REQUIRE(stage.start_ready());
    for (const std::chrono::hours by : {std::chrono::hours{-1}, std::chrono::hours{8'766}})
    {
        clock.set(by);
        CHECK(stage.get("/readyz") == off);
        CHECK(stage.get("/healthz") == ready);
        CHECK(ask(stage) == 401);
        clock.set(std::chrono::seconds{0});
        CHECK(stage.get("/readyz") == ready);
        CHECK(ask(stage) == 200);
    }
    CHECK(stage.stop() == 0);  // all of its log is written then
    CHECK(count_of(stage, "clock_stepped") == 4);
    CHECK(count_of(stage, "clock_off") == 2);
    CHECK(count_of(stage, "clock_off_no_more") == 2);
}

TEST_CASE("a bot that starts with a wrong clock waits for the right one", "[process]")
{
    MachineClock clock;
    clock.set(std::chrono::hours{1});
    BotStage stage;
    stage.start();
    CHECK(stage.get_until("/readyz", off) == off);
    clock.set(std::chrono::seconds{0});
    CHECK(stage.get_until("/readyz", ready) == ready);
    CHECK(ask(stage) == 200);
    CHECK(stage.stop() == 0);
    CHECK(count_of(stage, "clock_anchored_anew") == 1);
}
