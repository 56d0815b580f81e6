#include "tests/demo/company/bot_process.hpp"
#include "tests/integration/support/child.hpp"

#include <catch2/catch.hpp>

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

// The programs as somebody types them: what they say and their exit status.

using namespace countersign::test;

namespace {

bool is_alive(pid_t pid) { return ::kill(pid, 0) == 0; }

// What stands between two words, or nothing.
std::string between(const std::string& text, const std::string& before, const std::string& after)
{
    const auto at = text.find(before);
    if (at == std::string::npos) return {};
    const auto from = at + before.size();
    return text.substr(from, text.find(after, from) - from);
}

}  // namespace

TEST_CASE("the program says its version, and what it does not understand", "[process]")
{
    const demo::PrivateFolder folder{"countersign-process"};
    Child version{{COUNTERSIGN_BINARY, "--version"}, folder.path() / "version"};
    CHECK(version.wait_for_end() == 0);
    CHECK(version.output().starts_with("countersign "));
    Child nonsense{{COUNTERSIGN_BINARY, "swerve"}, folder.path() / "nonsense"};
    CHECK(nonsense.wait_for_end() == 64);
    Child no_file{{COUNTERSIGN_BINARY, "serve", "--config", "/no/such/file.toml"}, folder.path() / "no-file"};
    CHECK(no_file.wait_for_end() == 2);
    CHECK(no_file.output().find("/no/such/file.toml") != std::string::npos);
}

TEST_CASE("the demo runs until it is told to end, then ends its bot in order and removes what it wrote", "[process]")
{
    const int number = GENERATE(SIGINT, SIGTERM);
    CAPTURE(number);
    const demo::PrivateFolder folder{"countersign-process"};
    Child demo{{COUNTERSIGN_DEMO, "--port", "0", "--bot", COUNTERSIGN_BINARY}, folder.path() / "demo"};
    REQUIRE(demo.says("Open this page in a browser"));
    REQUIRE(demo.says("http://127.0.0.1:"));
    const std::filesystem::path files = between(demo.output(), "files    ", "  (");
    REQUIRE(std::filesystem::exists(files / "countersign.db.lock"));
    pid_t bot = 0;  // which holds the lock
    std::ifstream{files / "countersign.db.lock"} >> bot;
    REQUIRE(bot > 0);
    REQUIRE(is_alive(bot));

    demo.signal(number);
    CHECK(demo.wait_for_end() == 0);
    CHECK_FALSE(is_alive(bot));
    CHECK_FALSE(std::filesystem::exists(files));
}

TEST_CASE("a demo whose bot does not start says where to look, and ends with status 1", "[process]")
{
    const demo::PrivateFolder folder{"countersign-process"};
    Child demo{{COUNTERSIGN_DEMO, "--once", "--bot", "/bin/false"}, folder.path() / "demo"};
    CHECK(demo.wait_for_end() == 1);
    CHECK(demo.output().find("countersign did not become ready; see ") != std::string::npos);
}
