#include "bot/cli/command_line.hpp"

#include "tests/support/config_sample.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <vector>

using namespace countersign;
using countersign::test::FakeMachine;

namespace {

struct Run
{
    int status;
    std::string out;
    std::string err;
    int served;  // how often the bot was started
};

Run run(const std::vector<const char*>& arguments, const FakeMachine& machine = {}, int result = 0)
{
    std::vector<const char*> argv{"countersign"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    std::ostringstream out;
    std::ostringstream err;
    int served = 0;
    const Commands commands{[&](Config config) {
        CHECK(config.slack.app_id == "A0123");
        ++served;
        return result;
    }};
    const int status =
        run_command_line(static_cast<int>(argv.size()), argv.data(), commands, machine.surroundings(), out, err);
    return Run{status, out.str(), err.str(), served};
}

}  // namespace

TEST_CASE("serve hands over the configuration and returns what the bot returned", "[cli]")
{
    const Run ran = run({"serve", "--config", "etc/countersign.toml"}, {}, 7);
    CHECK(ran.served == 1);
    CHECK(ran.status == 7);
    CHECK(ran.out == "");
    CHECK(ran.err == "");
}

TEST_CASE("serve does not start with a configuration that has mistakes, and tells them all", "[cli]")
{
    FakeMachine machine;
    machine.files.erase("etc/token");
    machine.files.erase("etc/auth0");
    const Run ran = run({"serve", "--config", "etc/countersign.toml"}, machine);
    CHECK(ran.served == 0);
    CHECK(ran.status == exit_misconfigured);
    CHECK_THAT(ran.err, Catch::Contains("bot_token_file") && Catch::Contains("client_secret_file"));
}

TEST_CASE("config check says ok and sums up without a secret", "[cli]")
{
    const Run ran = run({"config", "check", "etc/countersign.toml"});
    CHECK(ran.status == exit_ok);
    CHECK(ran.served == 0);
    CHECK(ran.err == "");
    CHECK_THAT(ran.out, Catch::StartsWith("etc/countersign.toml: ok\n"));
    CHECK_THAT(ran.out, Catch::Contains("https://slack.com/api/ as app A0123 in T0123"));
    CHECK_THAT(ran.out, Catch::Contains("1 user group and 1 person") && Catch::Contains("after 4h"));
    for (const char* secret : {"8f742231", "xoxb", "client-secret", "kkkk"})
        CHECK_THAT(ran.out, !Catch::Contains(secret));
}

TEST_CASE("config check prints every mistake to standard error and exits with 2", "[cli]")
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", "[slcak]\n");
    const Run ran = run({"config", "check", "etc/countersign.toml"}, machine);
    CHECK(ran.status == 2);
    CHECK(ran.out == "");
    CHECK_THAT(ran.err, Catch::Contains("did you mean [slack]?") && Catch::Contains("[vault] key_file: is missing"));
}

TEST_CASE("a warning does not make a configuration wrong", "[cli]")
{
    FakeMachine machine;
    machine.put("etc/countersign.toml", test::with(test::minimal_config, "\"vault\"", "\"env:KEY\""));
    machine.environment["KEY"] = std::string(32, 'k');
    const Run ran = run({"config", "check", "etc/countersign.toml"}, machine);
    CHECK(ran.status == exit_ok);
    CHECK_THAT(ran.err, Catch::Contains("warning: [vault] key_file"));
}

TEST_CASE("version and help go to standard output", "[cli]")
{
    CHECK(run({"--version"}).out == "countersign " COUNTERSIGN_VERSION "\n");
    CHECK(run({"--version"}).status == exit_ok);
    const Run help = run({"--help"});
    CHECK(help.status == exit_ok);
    CHECK_THAT(help.out, Catch::Contains("serve") && Catch::Contains("config") && Catch::Contains("four eyes"));
    CHECK_THAT(help.out, Catch::Contains("Exit status: 0 done") && Catch::Contains("never given on the command line"));
    CHECK(help.err == "");
    CHECK_THAT(run({"serve", "--help"}).out, Catch::Contains("--config FILE"));
}

TEST_CASE("a command line that is not understood starts nothing", "[cli]")
{
    const auto arguments = GENERATE(
        std::vector<const char*>{}, std::vector<const char*>{"serve"}, std::vector<const char*>{"start"},
        std::vector<const char*>{"serve", "--config"}, std::vector<const char*>{"config"},
        std::vector<const char*>{"config", "check"}, std::vector<const char*>{"password"},
        std::vector<const char*>{"serve", "--config", "etc/countersign.toml", "--bot-token", "xoxb-1"},
        std::vector<const char*>{"config", "check", "etc/countersign.toml", "etc/other.toml"});
    const Run ran = run(arguments);
    CHECK(ran.status == exit_usage);
    CHECK(ran.served == 0);
    CHECK(ran.err != "");
}
