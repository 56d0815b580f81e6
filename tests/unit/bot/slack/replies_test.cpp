// Replies below a message: that they stand there, and are found there.
#include "bot/slack/web_api.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"
#include "tests/support/text.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::slack;
using namespace std::chrono_literals;

namespace {

const ChannelId channel{"C061EG9SL"};

const std::string marked_reply =
    R"({"ok":true,"messages":[{"ts":"1.2"},{"type":"message","ts":"1763800001.000200","thread_ts":"1.2",)"
    R"("metadata":{"event_type":"countersign_post","event_payload":{"id":"u-1"}}}]})";

struct Desk
{
    boost::asio::io_context context{1};
    test::ScriptedHttpClient client;
    test::ManualClock clock{TimePoint{std::chrono::seconds{1763800000}}};
    WebApi api{client, *http::parse_origin("https://slack.com/api/"), Secret{"xoxb-1"}, clock};

    template <class T>
    T run(boost::asio::awaitable<T> work)
    {
        return test::run(context, std::move(work));
    }
};

using countersign::test::has;

}  // namespace

TEST_CASE("a reply that came to stand in the channel is taken back, and its parent called gone", "[slack]")
{
    const bool is_deleted = GENERATE(true, false);
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"ts":"1.3","message":{"text":"words","ts":"1.3"}})");
    desk.client.answer(200, is_deleted ? R"({"ok":true})" : R"({"ok":false,"error":"cant_delete_message"})");
    const auto ts = desk.run(desk.api.post_reply(channel, MessageTs{"1.2"}, Message{"words"}, "u-1"));
    REQUIRE_FALSE(ts.has_value());
    CHECK(ts.error().code == Errc::not_found);
    CHECK(ts.error().reason == "parent_gone");
    REQUIRE(desk.client.sent.size() == 2);
    CHECK(desk.client.sent[1].url == "https://slack.com:443/api/chat.delete");
    CHECK(has(desk.client.sent[1].body, "channel=C061EG9SL"));
    CHECK(has(desk.client.sent[1].body, "ts=1.3"));
}

TEST_CASE("a reply in its thread stays, and one that Slack refuses there has no parent", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"ts":"1.3","message":{"text":"words","ts":"1.3","thread_ts":"1.2"}})");
    CHECK(desk.run(desk.api.post_reply(channel, MessageTs{"1.2"}, Message{"words"}, "u-1")).has_value());
    CHECK(desk.client.sent.size() == 1);
    desk.clock.advance(1s);
    desk.client.answer(200, R"({"ok":false,"error":"thread_not_found"})");
    const auto refused = desk.run(desk.api.post_reply(channel, MessageTs{"1.2"}, Message{"words"}, "u-1"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().reason == "parent_gone");
}

TEST_CASE("a reply is found by its mark in the thread, and nothing is where there is no thread any more", "[slack]")
{
    Desk desk;
    desk.client.answer(200, marked_reply);
    const auto found = desk.run(desk.api.find_reply(channel, MessageTs{"1.2"}, "u-1", desk.clock.now() - 60s));
    REQUIRE(found.has_value());
    CHECK(*found == MessageTs{"1763800001.000200"});
    CHECK(desk.client.sent[0].url == "https://slack.com:443/api/conversations.replies");
    CHECK(has(desk.client.sent[0].body, "ts=1.2"));
    CHECK(has(desk.client.sent[0].body, "include_all_metadata=true"));
    CHECK(has(desk.client.sent[0].body, "oldest=1763799940.000000"));

    desk.client.answer(200, R"({"ok":false,"error":"thread_not_found"})");
    const auto none = desk.run(desk.api.find_reply(channel, MessageTs{"1.2"}, "u-1", desk.clock.now()));
    REQUIRE(none.has_value());
    CHECK_FALSE(none->has_value());
    desk.client.answer(200, R"({"ok":false,"error":"missing_scope"})");
    CHECK(
        desk.run(desk.api.find_reply(channel, MessageTs{"1.2"}, "u-1", desk.clock.now())).error().code ==
        Errc::forbidden);
}
