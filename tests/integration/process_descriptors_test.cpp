#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/raw_client.hpp"

#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

// How many files and connections the program may have open, and what it does where those are few.

using namespace countersign::test;
namespace fs = std::filesystem;
namespace people = demo::people;

namespace {

// From the next start on it has these limits.
void limit_files(BotStage& stage, const std::string& ulimit)
{
    const fs::path starter = stage.company.folder() / "start-with-few-files";
    std::ofstream{starter} << "#!/bin/sh\n" << ulimit << "\nexec " << COUNTERSIGN_BINARY << " \"$@\"\n";
    fs::permissions(starter, fs::perms::owner_all);
    stage.company.bot().replace_binary(starter);
}

std::string soft_limit(pid_t pid)
{
    std::ifstream in{"/proc/" + std::to_string(pid) + "/limits"};
    const std::string name = "Max open files";
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name))
        {
            std::string soft;
            std::istringstream{line.substr(name.size())} >> soft;
            return soft;
        }
    return {};
}

rlim_t open_files(pid_t pid)
{
    const fs::directory_iterator all{"/proc/" + std::to_string(pid) + "/fd"};
    return static_cast<rlim_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("where no descriptor is left, connections that ask for nothing give way at once", "[process][no-descriptor]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    const pid_t bot = stage.company.bot().pid();
    const rlim_t few = open_files(bot) + 8;
    rlimit before{};
    REQUIRE(::prlimit(bot, RLIMIT_NOFILE, nullptr, &before) == 0);
    const rlimit small{few, before.rlim_max};
    REQUIRE(::prlimit(bot, RLIMIT_NOFILE, &small, nullptr) == 0);
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int number = 0; number < 30; ++number)
    {
        idle.push_back(std::make_unique<RawClient>(stage.port()));
        if (number % 10 == 9) CHECK(stage.get("/healthz") == R"(200 {"ok":true})");
    }
    CHECK(stage.type_command(people::agent, "/reset-password", "ada.lovelace@example.com") == 200);
    CHECK(stage.writes("connection_closed_for_want_of_descriptors"));
    CHECK_FALSE(stage.has_written("accept_failed"));
    CHECK(idle.front()->sees_end());
    CHECK_FALSE(idle.back()->has_input());
    REQUIRE(::prlimit(bot, RLIMIT_NOFILE, &before, nullptr) == 0);
    CHECK(stage.stop() == 0);
}

TEST_CASE("a soft limit that is too low is raised, silently", "[process]")
{
    BotStage stage;
    limit_files(stage, "ulimit -S -n 100; ulimit -H -n 2000");
    REQUIRE(stage.start_ready());
    CHECK(soft_limit(stage.company.bot().pid()) == "2000");
    CHECK_FALSE(stage.has_written("descriptors_scarce"));
}

TEST_CASE(
    "where fewer files may be open than all connections need, the numbers are told, and the bot runs", "[process]")
{
    BotStage stage;
    limit_files(stage, "ulimit -n 392");
    REQUIRE(stage.start_ready());
    CHECK(
        stage.writes(R"("event":"descriptors_scarce","limit":"392","needed":"832","connections":"72","wanted":"512")"));
}

TEST_CASE("where there are too few files for the bot itself it does not start, and says how many it needs", "[process]")
{
    BotStage stage;
    limit_files(stage, "ulimit -n 332");
    stage.start();
    CHECK(stage.wait_for_end() == 1);
    CHECK(stage.writes(
        "countersign: this process may open 332 files (RLIMIT_NOFILE), of which it needs 320 for itself and "
        "at least 16 for connections: allow it 832, with LimitNOFILE= under systemd or ulimit -n in a "
        "shell"));
    CHECK(stage.company.calls == 0);
}
