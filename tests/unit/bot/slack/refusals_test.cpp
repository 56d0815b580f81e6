// What Slack refuses at the moment: begun and ended once, and named for those who look.
#include "bot/slack/refusals.hpp"
#include "bot/slack/web_api.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"

#include <boost/json/object.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::slack;
using namespace std::chrono_literals;

namespace {

const SteadyTime begin{1h};
const ChannelId approvals{"C0APPROVALS"};
const ChannelId audit{"C0AUDIT"};

std::string name(const std::string& whom, const std::string& reason)
{
    return std::string{name_of(Refused{whom, reason, begin, begin}, approvals, audit)};
}

struct Desk
{
    boost::asio::io_context context{1};
    test::ScriptedHttpClient client;
    test::ManualClock clock{TimePoint{std::chrono::seconds{1763800000}}};
    WebApi api{client, *http::parse_origin("https://slack.com/api/"), Secret{"xoxb-1"}, clock};

    void post(const std::string& answer)
    {
        client.answer(200, answer);
        static_cast<void>(test::run(context, api.post_message(audit, Message{"hello"}, "u-1")));
        clock.advance(1s);
    }
    std::vector<Refused> lasting() { return api.refusals().lasting(clock.steady()); }
};

}  // namespace

TEST_CASE("what is refused again has begun when it was refused first", "[slack][refusal]")
{
    Refusals board;
    board.refused("C0AUDIT", "not_in_channel", begin);
    board.refused("C0AUDIT", "is_archived", begin + 5min);
    const auto standing = board.lasting(begin + 6min);
    REQUIRE(standing.size() == 1);
    CHECK(standing[0].since == begin);
    CHECK(standing[0].last == begin + 5min);
    CHECK(standing[0].reason == "is_archived");
}

TEST_CASE("what was served is refused no more, and begins anew", "[slack][refusal]")
{
    Refusals board;
    board.refused("C0AUDIT", "not_in_channel", begin);
    board.mark_told("C0AUDIT");
    board.served("C0OTHER", begin);
    CHECK(board.lasting(begin).size() == 1);
    board.served("C0AUDIT", begin + 1min);
    CHECK(board.lasting(begin + 1min).empty());
    board.refused("C0AUDIT", "not_in_channel", begin + 2min);
    const auto again = board.lasting(begin + 2min);
    REQUIRE(again.size() == 1);
    CHECK(again[0].since == begin + 2min);
    CHECK_FALSE(again[0].told);
}

TEST_CASE("what is not tried any more is not known to be refused", "[slack][refusal]")
{
    Refusals board;
    board.refused("C0AUDIT", "not_in_channel", begin);
    CHECK(board.lasting(begin + Refusals::lapsed_after - 1ms).size() == 1);
    CHECK(board.lasting(begin + Refusals::lapsed_after).empty());
    board.forget_lapsed(begin + Refusals::lapsed_after);
    board.refused("C0AUDIT", "not_in_channel", begin + 1h);
    CHECK(board.lasting(begin + 1h)[0].since == begin + 1h);
}

TEST_CASE("a refusal is named after what it stops", "[slack][refusal]")
{
    CHECK(name("C0APPROVALS", "not_in_channel") == "approvals_channel");
    CHECK(name("C0AUDIT", "is_archived") == "audit_channel");
    CHECK(name("edits of C0APPROVALS", "is_archived") == "approvals_channel");
    CHECK(name("C0AUDIT", "token_revoked") == "token");
    CHECK(name("U0AGENT", "account_inactive") == "token");
    CHECK(name("D0123", "messages_tab_disabled") == "direct_messages");
    CHECK(name("U0AGENT", "missing_scope") == "direct_messages");
    // One conversation's trouble is not the bot's, and a Home may be switched off.
    CHECK(name("D0123", "channel_not_found").empty());
    CHECK(name("home U0AGENT", "not_enabled").empty());
}

TEST_CASE("a delivery that is refused stands there until one is not", "[slack][refusal]")
{
    Desk desk;
    desk.post(R"({"ok":false,"error":"not_in_channel"})");
    REQUIRE(desk.lasting().size() == 1);
    CHECK(desk.lasting()[0].whom == "C0AUDIT");
    CHECK(desk.lasting()[0].reason == "not_in_channel");
    desk.post(R"({"ok":false,"error":"missing_scope"})");
    CHECK(desk.lasting()[0].reason == "missing_scope");
    desk.post("");  // lost: says nothing of it
    CHECK(desk.lasting().size() == 1);
    desk.post(R"({"ok":true,"ts":"1.2"})");
    CHECK(desk.lasting().empty());
}

TEST_CASE("a message that is refused for itself is no trouble of its channel", "[slack][refusal]")
{
    Desk desk;
    desk.post(R"({"ok":false,"error":"msg_too_long"})");
    CHECK(desk.lasting().empty());
    desk.client.answer(200, R"({"ok":false,"error":"user_disabled"})");
    static_cast<void>(test::run(desk.context, desk.api.open_dm(SlackUserId{"U1"})));
    desk.client.answer(200, R"({"ok":false,"error":"message_not_found"})");
    static_cast<void>(test::run(desk.context, desk.api.update_message(audit, MessageTs{"1.2"}, Message{"a"})));
    CHECK(desk.lasting().empty());
    desk.client.answer(200, R"({"ok":false,"error":"messages_tab_disabled"})");
    static_cast<void>(test::run(desk.context, desk.api.open_dm(SlackUserId{"U1"})));
    CHECK(desk.lasting().size() == 1);
    desk.client.answer(200, R"({"ok":false,"error":"not_enabled"})");
    static_cast<void>(test::run(desk.context, desk.api.publish_home(SlackUserId{"U1"}, boost::json::object{})));
    CHECK(desk.lasting().size() == 2);
}

TEST_CASE("a token that Slack refuses is known to be refused until a call succeeds", "[slack][refusal]")
{
    const auto reason =
        GENERATE(as<std::string>{}, "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked");
    Desk desk;
    const auto fails = [&desk] {
        return test::run(desk.context, desk.api.user_info(SlackUserId{"U1"}, {})).has_error();
    };
    CHECK_FALSE(desk.api.is_token_refused());
    desk.client.answer(200, R"({"ok":false,"error":")" + reason + "\"}");
    CHECK(fails());
    CHECK(desk.api.is_token_refused());
    // Neither an outage nor another no says that it is taken again.
    desk.client.answer(500, "");
    CHECK(fails());
    desk.client.answer(200, R"({"ok":false,"error":"user_not_found"})");
    CHECK(fails());
    CHECK(desk.api.is_token_refused());
    desk.client.answer(200, R"({"ok":true,"channel":{"id":"C0AUDIT"}})");
    CHECK(test::run(desk.context, desk.api.channel_facts(audit)).has_value());
    CHECK_FALSE(desk.api.is_token_refused());
}
