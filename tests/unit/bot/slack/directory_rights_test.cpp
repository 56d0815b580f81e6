// Whether rights, and the channel in which people decide, are known afresh; and whether they can be asked for at all.
#include "tests/unit/bot/slack/directory_bench.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::slack;
using namespace countersign::slack::test_bench;

TEST_CASE("the approvals channel is looked at with every refresh, safe or not", "[slack]")
{
    Workspace slack;
    slack.refresh();
    CHECK(slack.calls_of("conversations.info") == 1);
    slack.refresh();  // within three seconds
    CHECK(slack.calls_of("conversations.info") == 1);
    slack.channel = R"("is_ext_shared":true)";
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.calls_of("conversations.info") == 2);
    CHECK(slack.directory.approvals_channel() == ChannelSafety::shared_outside);
}

TEST_CASE("the approvals channel is asked for afresh, once for all who ask within three seconds", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.channel = R"("is_ext_shared":true)";
    slack.clock.advance(3s);
    CHECK(slack.in_time(slack.directory.fetch_approvals_channel()).value() == ChannelSafety::safe);
    slack.clock.advance(1ms);
    CHECK(slack.in_time(slack.directory.fetch_approvals_channel()).value() == ChannelSafety::shared_outside);
    CHECK(slack.in_time(slack.directory.fetch_approvals_channel()).value() == ChannelSafety::shared_outside);
    CHECK(slack.calls_of("conversations.info") == 2);
    // What was asked for is remembered.
    CHECK(slack.directory.approvals_channel() == ChannelSafety::shared_outside);
}

TEST_CASE("an approvals channel that Slack does not show is unknown at once, and an outage is no answer", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.clock.advance(4s);
    slack.channel.clear();
    const auto silent = slack.in_time(slack.directory.fetch_approvals_channel());
    REQUIRE(silent.has_error());
    CHECK(silent.error().code == Errc::unavailable);
    CHECK(slack.directory.approvals_channel() == ChannelSafety::safe);
    slack.client.on_send = [&slack] { slack.client.answer(200, R"({"ok":false,"error":"channel_not_found"})"); };
    CHECK(slack.in_time(slack.directory.fetch_approvals_channel()).value() == ChannelSafety::unknown);
    CHECK(slack.directory.approvals_channel() == ChannelSafety::unknown);
}

TEST_CASE(
    "whether rights can be asked for is known within a minute and a half, and again as soon as they can", "[slack]")
{
    Workspace slack;
    slack.refresh();
    CHECK(slack.directory.asks_for_rights());
    CHECK(slack.directory.asks_for_channel());
    SECTION("groups")
    {
        slack.groups_failing = 500;
        slack.clock.advance(1min);
        slack.refresh();
        CHECK(slack.directory.asks_for_rights());
        slack.clock.advance(30s + 1ms);
        CHECK_FALSE(slack.directory.asks_for_rights());
        slack.groups_failing = 0;
        slack.refresh();
        CHECK(slack.directory.asks_for_rights());
    }
    SECTION("one group of several")
    {
        slack.silent_group = "S1";
        slack.clock.advance(1min);
        slack.refresh();
        slack.clock.advance(30s + 1ms);
        CHECK_FALSE(slack.directory.asks_for_rights());
    }
    SECTION("people")
    {
        slack.people_failing = 500;
        CHECK(slack.fetch(ada).has_error());
        slack.clock.advance(90s);
        slack.refresh();
        CHECK(slack.directory.asks_for_rights());
        slack.clock.advance(1ms);
        CHECK_FALSE(slack.directory.asks_for_rights());
        // Nobody is due, and somebody is asked for all the same.
        slack.people_failing = 0;
        slack.clock.advance(10s);
        const long before = slack.asked_for_people();
        slack.refresh();
        CHECK(slack.asked_for_people() == before + 1);
        CHECK(slack.directory.asks_for_rights());
    }
    SECTION("the channel")
    {
        slack.channel.clear();
        slack.clock.advance(90s + 1ms);
        CHECK_FALSE(slack.directory.asks_for_channel());
        slack.channel = R"("is_private":true)";
        slack.refresh();
        CHECK(slack.directory.asks_for_channel());
    }
}

TEST_CASE("one person about whom Slack's answer cannot be read is no outage", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.people["U2"] = R"(,"is_bot":"no")";
    CHECK(slack.fetch(ada).has_error());
    slack.clock.advance(91s);
    slack.refresh();
    CHECK(slack.directory.asks_for_rights());
}
