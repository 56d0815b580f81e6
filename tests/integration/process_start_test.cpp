#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/surroundings_guard.hpp"
#include "tests/standins/host/test_certificates.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <vector>

// What the program says, and with which status it ends, when it cannot start as it is told to.

using namespace countersign::test;
namespace fs = std::filesystem;
namespace asio = boost::asio;

namespace {

bool has(const std::vector<std::string>& events, const std::string& event)
{
    return std::find(events.begin(), events.end(), event) != events.end();
}

// Starts it and expects that it refuses with `words`, to its operator and in its log.
void check_refuses(BotStage& stage, const std::string& words)
{
    stage.start();
    CHECK(stage.wait_for_end() == 1);
    CHECK(stage.writes("countersign: " + words));
    CHECK(stage.events() == std::vector<std::string>{"start_refused"});
    CHECK(stage.company.calls == 0);
}

}  // namespace

TEST_CASE("every mistake in the configuration is told at once, with status 2, and nothing is begun", "[process]")
{
    BotStage stage;
    stage.configure("\nclient_id = ", "\nclient_idea = ");
    stage.configure("\napprovers = ", "\napproves = ");
    stage.start();
    CHECK(stage.wait_for_end() == 2);
    CHECK(stage.writes("client_idea"));
    CHECK(stage.writes("approves"));
    CHECK(stage.events().empty());
    CHECK(stage.company.calls == 0);
    CHECK_FALSE(fs::exists(stage.company.bot().database_file()));
}

TEST_CASE("without a file that holds a secret it does not start, and says which is missing", "[process]")
{
    const std::string name = GENERATE("vault-key", "slack-signing-secret", "slack-bot-token", "auth0-client-secret");
    CAPTURE(name);
    BotStage stage;
    fs::remove(stage.company.folder() / name);
    stage.start();
    CHECK(stage.wait_for_end() == 2);
    CHECK(stage.writes("the file " + (stage.company.folder() / name).string() + " does not exist"));
    CHECK_FALSE(fs::exists(stage.company.bot().database_file()));
}

TEST_CASE("secrets that only their owner may read are not warned of", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    CHECK_FALSE(stage.has_written("chmod"));
    CHECK_FALSE(stage.has_written("warning"));
}

TEST_CASE("a port that somebody else has is named, and nothing is begun", "[process]")
{
    BotStage stage;
    asio::ip::tcp::acceptor other{stage.context, {asio::ip::address_v4::loopback(), stage.port()}};
    check_refuses(stage, "cannot listen on 127.0.0.1:" + std::to_string(stage.port()) + ": Address already in use");
}

TEST_CASE("a database that another bot uses is refused, with its process, which goes on", "[process]")
{
    BotStage first;
    REQUIRE(first.start_ready());
    BotStage second;
    second.configure(second.company.bot().database_file().string(), first.company.bot().database_file().string());
    const std::string pid = std::to_string(first.company.bot().pid());
    check_refuses(
        second, first.company.bot().database_file().string() + ": in use by another countersign (process " + pid + ")");
    CHECK(first.get("/readyz") == R"(200 {"ok":true})");
}

TEST_CASE("a database where nothing can be written is refused", "[process]")
{
    BotStage stage;
    const std::string file = (stage.company.folder() / "no-such-folder" / "countersign.db").string();
    stage.configure(stage.company.bot().database_file().string(), file);
    check_refuses(stage, file + ".lock: No such file or directory");
}

TEST_CASE("a TLS key that does not belong to the certificate is refused", "[process]")
{
    BotStage stage;
    const fs::path other = stage.company.folder() / "other";
    fs::create_directory(other);
    const auto mine = standins::make_test_certificates(stage.company.folder());
    const auto foreign = standins::make_test_certificates(other);
    stage.configure(
        "[server]\n",
        "[server]\ntls_certificate = \"" + mine.certificate.string() + "\"\ntls_key = \"" + foreign.key.string() +
            "\"\n");
    check_refuses(stage, "cannot use the TLS key " + foreign.key.string());
}

TEST_CASE("https without any CA certificate is refused, and the host is named", "[process]")
{
    BotStage stage;
    const Environment none{"SSL_CERT_FILE", (stage.company.folder() / "no-such-bundle.pem").string()};
    std::string host;
    SECTION("towards Slack")
    {
        host = "slack.invalid";
        stage.configure(stage.company.slack_host().base_url() + "/api/", "https://slack.invalid/api/");
    }
    SECTION("towards Auth0")
    {
        host = "auth0.invalid";
        stage.configure(stage.company.auth0_host().base_url() + "/", "https://auth0.invalid/");
    }
    check_refuses(
        stage,
        "no CA certificate is installed, so that " + host +
            " cannot be checked: install ca-certificates, or name a bundle in SSL_CERT_FILE");
}

TEST_CASE("towards this machine, without https, no CA certificate is needed", "[process]")
{
    BotStage stage;
    const Environment none{"SSL_CERT_FILE", (stage.company.folder() / "no-such-bundle.pem").string()};
    CHECK(stage.start_ready());
}

TEST_CASE("the configuration says how much is logged", "[process]")
{
    BotStage stage;
    const std::string level = GENERATE("info", "warn", "off");
    CAPTURE(level);
    stage.configure("[vault]", "[log]\nlevel = \"" + level + "\"\n\n[vault]");
    REQUIRE(stage.start_ready());
    CHECK(stage.stop() == 0);
    CHECK(has(stage.events(), "server_started") == (level == "info"));
}
