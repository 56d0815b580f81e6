#include "tests/integration/support/bot_stage.hpp"

#include <catch2/catch.hpp>

#include <string>

// What /healthz and /readyz answer, and what that depends on.

using namespace countersign::test;
namespace channels = standins::channels;

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
