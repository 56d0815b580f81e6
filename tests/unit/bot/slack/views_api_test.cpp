#include "bot/slack/web_api.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/url/parse_query.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <map>
#include <string>

// The calls about modals, the Home and channels.
using namespace countersign;
using namespace countersign::slack;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

using Fields = std::map<std::string, std::string>;

const ChannelId channel{"C061EG9SL"};

json::object some_view() { return json::object{{"type", "modal"}}; }
const std::string view_text = R"({"type":"modal"})";

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
    Outcome<std::string> open() { return run(api.open_view(Secret{"1.2.abc"}, some_view())); }
    Outcome<void> update() { return run(api.update_view("home-1", some_view())); }
    Outcome<void> publish() { return run(api.publish_home(SlackUserId{"U1"}, some_view())); }
    Outcome<ChannelFacts> look() { return run(api.channel_facts(channel)); }

    // The only call that was made.
    void check_call(const std::string& method, std::chrono::milliseconds deadline, const Fields& fields)
    {
        REQUIRE(client.sent.size() == 1);
        const auto& sent = client.sent.front();
        CHECK(sent.url == "https://slack.com:443/api/" + method);
        CHECK(sent.bearer == "xoxb-1");
        CHECK(sent.content_type == "application/x-www-form-urlencoded");
        CHECK(sent.deadline == deadline);
        const auto query = boost::urls::parse_query(sent.body);
        REQUIRE(query.has_value());
        Fields read;
        for (const auto& field : *query)
        {
            const boost::urls::param_pct_view view = field;
            read[std::string{view.key}] = view.value.decode();
        }
        CHECK(read == fields);
    }
};

std::string channel_answer(const std::string& facts)
{
    return R"({"ok":true,"channel":{"id":"C061EG9SL")" + facts + "}}";
}

}  // namespace

TEST_CASE("a view is opened within the life of its trigger, and has the id that Slack gave it", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"view":{"id":"V1"}})");
    const auto opened = desk.open();
    REQUIRE(opened.has_value());
    CHECK(*opened == "V1");
    desk.check_call("views.open", 3s, {{"trigger_id", "1.2.abc"}, {"view", view_text}});
}

TEST_CASE("a view that Slack does not name may stand there, and is not opened twice", "[slack]")
{
    for (const char* body : {R"({"ok":true})", R"({"ok":true,"view":{"id":7}})", "<html>"})
    {
        INFO(body);
        Desk desk;
        desk.client.answer(200, body);
        CHECK(desk.open().error().code == Errc::answer_lost);
        CHECK(desk.client.sent.size() == 1);
    }
    Desk desk;
    desk.client.answer(200, R"({"ok":false,"error":"expired_trigger_id"})");
    CHECK(desk.open().error().reason == "expired_trigger_id");
}

TEST_CASE("an open view is updated by the name that we gave it", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"view":{"id":"V1"}})");
    CHECK(desk.update().has_value());
    desk.check_call("views.update", 10s, {{"external_id", "home-1"}, {"view", view_text}});
}

TEST_CASE("a view that was closed is told from one that could not be updated", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":false,"error":"not_found"})");
    desk.client.answer(500, "");
    desk.client.answer(200, R"({"ok":false,"error":"view_too_large"})");
    const auto closed = desk.update();
    CHECK(closed.error().code == Errc::not_found);
    CHECK(closed.error().reason == "view_not_open");
    CHECK(desk.update().error().code == Errc::unavailable);
    CHECK(desk.update().error().code == Errc::refused);
}

TEST_CASE("a Home is published for its owner, and again when that is not certain", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"view":{"id":"V1"}})");
    CHECK(desk.publish().has_value());
    desk.check_call("views.publish", 10s, {{"user_id", "U1"}, {"view", view_text}});
    desk.client.answer(500, "");
    CHECK(desk.publish().error().code == Errc::unavailable);
    desk.client.answer(200, R"({"ok":false,"error":"not_enabled"})");
    CHECK(desk.publish().error().reason == "not_enabled");
}

TEST_CASE("what Slack says of a channel is what we know of it", "[slack]")
{
    struct Case
    {
        std::string facts;
        bool is_private, is_shared_outside, is_archived;
    };
    const auto each = GENERATE(values<Case>({
        {"", false, false, false},
        {R"(,"is_private":true)", true, false, false},
        {R"(,"is_ext_shared":true)", false, true, false},
        {R"(,"is_pending_ext_shared":true)", false, true, false},
        {R"(,"is_org_shared":true,"is_shared":true)", false, false, false},
        {R"(,"is_archived":true,"is_private":true)", true, false, true},
    }));
    INFO(each.facts);
    Desk desk;
    desk.client.answer(200, channel_answer(each.facts));
    const auto facts = desk.look();
    REQUIRE(facts.has_value());
    CHECK(facts->is_private == each.is_private);
    CHECK(facts->is_shared_outside == each.is_shared_outside);
    CHECK(facts->is_archived == each.is_archived);
    desk.check_call("conversations.info", 10s, {{"channel", "C061EG9SL"}});
}

TEST_CASE("an answer about no channel, or of the wrong types, says nothing about it", "[slack]")
{
    for (const std::string& body :
         {std::string{R"({"ok":true})"}, std::string{R"({"ok":true,"channel":{"is_private":true}})"},
          channel_answer(R"(,"is_ext_shared":"no")"), channel_answer(R"(,"is_archived":0)")})
    {
        INFO(body);
        Desk desk;
        desk.client.answer(200, body);
        CHECK(desk.look().error().code == Errc::unavailable);
    }
    Desk desk;
    desk.client.answer(200, R"({"ok":false,"error":"channel_not_found"})");
    CHECK(desk.look().error().code == Errc::not_found);
    desk.client.answer(200, R"({"ok":false,"error":"missing_scope"})");
    CHECK(desk.look().error().code == Errc::forbidden);
}

TEST_CASE("no call about views is made while Slack has told it to wait, and others are", "[slack]")
{
    Desk desk;
    desk.client.answer(429, "", {{"retry-after", "30"}});
    CHECK(desk.open().error().retry_after == 30s);
    CHECK(desk.open().error().reason == "paced");
    CHECK(desk.client.sent.size() == 1);
    desk.client.answer(200, R"({"ok":true})");
    CHECK(desk.update().has_value());
    desk.clock.advance(30s);
    desk.client.answer(200, R"({"ok":true,"view":{"id":"V1"}})");
    CHECK(desk.open().has_value());
}
