#include "tests/integration/support/bot_stage.hpp"
#include "tests/integration/support/raw_client.hpp"

#include <catch2/catch.hpp>

#include <string>

// What /healthz and /readyz answer, and what that depends on.

using namespace countersign::test;
namespace channels = demo::channels;

namespace {

const std::string well = R"(200 {"ok":true})";

}  // namespace

TEST_CASE("a bot that is ready says so, and a request that it does not know is not found", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    CHECK(stage.get("/healthz") == well);
    CHECK(stage.get("/readyz") == well);
    CHECK(stage.get("/metrics") == R"(404 {"error":"not_found"})");
}

TEST_CASE("a connection on which health was asked for is closed with the answer", "[process]")
{
    BotStage stage;
    REQUIRE(stage.start_ready());
    const std::string path = GENERATE("/healthz", "/readyz");
    RawClient client{stage.port()};
    REQUIRE(client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    const RawResponse answer = client.read_response();
    CHECK(answer.status == 200);
    CHECK(answer.head.find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(client.sees_end());
}

TEST_CASE("a bot that is not ready lives, and says why it is not", "[process]")
{
    BotStage stage;
    auto& channel = stage.company.slack.channel(channels::approvals);
    std::string reason;
    SECTION("its approvals channel is shared with another company")
    {
        channel.is_ext_shared = true;
        reason = "approvals_channel_shared";
    }
    SECTION("its approvals channel is archived")
    {
        channel.is_archived = true;
        reason = "approvals_channel_archived";
    }
    SECTION("everybody in the workspace reads its approvals channel")
    {
        channel.kind = standins::slack::ChannelKind::open;
        reason = "approvals_channel_public";
    }
    SECTION("its approvals channel cannot be looked at")
    {
        stage.company.slack.faults().add(
            "conversations.info", {standins::Fault::error_before}, standins::FaultPlan::until_cleared);
        reason = "approvals_channel_unknown";
    }
    SECTION("Slack does not tell who is in its groups")
    {
        stage.company.slack.faults().add("*", {standins::Fault::error_before}, standins::FaultPlan::until_cleared);
        reason = "slack_not_answering";
    }
    SECTION("Slack refuses its token")
    {
        stage.company.slack.refuse_token("token_revoked");
        reason = "slack_refuses_token";
    }
    stage.start();
    const std::string wanted = R"(503 {"error":")" + reason + "\"}";
    CHECK(stage.get_until("/readyz", wanted) == wanted);
    CHECK(stage.get("/healthz") == well);
    CHECK(stage.stop() == 0);
}

TEST_CASE("that Slack tells no addresses is said once in the log, and at the start where it is let pass", "[process]")
{
    BotStage stage;
    stage.company.slack.options().scopes.erase("users:read.email");
    const bool passes = GENERATE(false, true);
    if (passes) stage.configure("\n[slack.groups]\n", "\n[approval]\nown_account_check = \"say\"\n[slack.groups]\n");
    REQUIRE(stage.start_ready());
    REQUIRE(stage.until([&] { return stage.output().find("profile_address_missing") != std::string::npos; }));
    // Two more people whom Slack is asked about, and who are told or served.
    for (const std::string& user : {demo::people::agent, demo::people::implementer})
        CHECK(stage.type_command(user, "/reset-password", "ada.lovelace@example.com") == 200);
    CHECK(stage.stop() == 0);
    const std::string output = stage.output();
    const auto told = output.find("profile_address_missing");
    CHECK(output.find("users:read.email", told) != std::string::npos);
    CHECK(output.find("profile_address_missing", told + 1) == std::string::npos);
    CHECK((output.find("own_accounts_may_pass_unchecked") != std::string::npos) == passes);
}
