#include "bot/slack/web_api.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse_query.hpp>
#include <catch2/catch.hpp>

#include <map>

using namespace countersign;
using namespace countersign::slack;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

const ChannelId channel{"C061EG9SL"};
const SlackUserId user{"U061F7AUR"};
const std::set<SlackTeamId> team{SlackTeamId{"T024BE7LD"}};

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

    Outcome<MessageTs> post(std::string uuid = "u-1") { return run(api.post_message(channel, Message{"hello"}, uuid)); }

    // The fields of a sent form.
    std::map<std::string, std::string> form(std::size_t index)
    {
        REQUIRE(client.sent.size() > index);
        std::map<std::string, std::string> fields;
        const auto query = boost::urls::parse_query(client.sent[index].body);
        REQUIRE(query);
        for (const auto& field : *query) fields[std::string{field.key}] = std::string{field.value};
        std::map<std::string, std::string> decoded;
        for (const auto& [key, value] : fields) decoded[key] = unescape(value);
        return decoded;
    }

    static std::string unescape(const std::string& text)
    {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i)
        {
            if (text[i] != '%' || i + 2 >= text.size())
                out += text[i];
            else
            {
                out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
                i += 2;
            }
        }
        return out;
    }
};

std::string user_info(const std::string& fields) { return R"({"ok":true,"user":{"id":"U061F7AUR",)" + fields + "}}"; }

std::string history(const std::string& messages, const std::string& cursor = {})
{
    return R"({"ok":true,"messages":[)" + messages + R"(],"response_metadata":{"next_cursor":")" + cursor + "\"}}";
}

std::string marked(const std::string& uuid, const std::string& more = {})
{
    return R"({"type":"message","ts":"1763800001.000200",)" + more +
        R"("metadata":{"event_type":"countersign_post","event_payload":{"id":")" + uuid + "\"}}}";
}

}  // namespace

TEST_CASE("a message is posted as a form with its mark, without previews", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"channel":"C061EG9SL","ts":"1763800000.000100"})");
    json::array blocks;
    blocks.push_back(json::object{{"type", "divider"}});
    const auto ts = desk.run(desk.api.post_message(channel, Message{"a+b & c", blocks}, "u-1"));
    REQUIRE(ts.has_value());
    CHECK(*ts == MessageTs{"1763800000.000100"});

    REQUIRE(desk.client.sent.size() == 1);
    const auto& sent = desk.client.sent[0];
    CHECK(sent.url == "https://slack.com:443/api/chat.postMessage");
    CHECK(sent.bearer == "xoxb-1");
    CHECK(sent.content_type == "application/x-www-form-urlencoded");
    CHECK(sent.deadline == 10s);
    CHECK(sent.body.find("xoxb") == std::string::npos);
    const auto form = desk.form(0);
    CHECK(form.at("channel") == "C061EG9SL");
    CHECK(form.at("text") == "a+b & c");
    CHECK(form.at("blocks") == R"([{"type":"divider"}])");
    CHECK(form.at("metadata") == R"({"event_type":"countersign_post","event_payload":{"id":"u-1"}})");
    CHECK(form.at("unfurl_links") == "false");
    CHECK(form.at("unfurl_media") == "false");
    CHECK(form.at("parse") == "none");
}

TEST_CASE("a post without a time stamp in its answer is lost, not done", "[slack]")
{
    const std::string body = GENERATE(R"({"ok":true})", R"({"ok":true,"ts":7})", R"({"ok":true,"ts":"x"})");
    Desk desk;
    desk.client.answer(200, body);
    CHECK(desk.post().error().code == Errc::answer_lost);
}

TEST_CASE("a lost answer is lost for posts and unavailable for the rest", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 5; ++i) desk.client.fail(Errc::answer_lost);
    CHECK(desk.post().error().code == Errc::answer_lost);
    CHECK(desk.run(desk.api.post_ephemeral(channel, user, Message{"a"})).error().code == Errc::answer_lost);
    CHECK(
        desk.run(desk.api.respond(Secret{"https://hooks.slack.com/x"}, Message{"a"}, false)).error().code ==
        Errc::answer_lost);
    CHECK(desk.run(desk.api.update_message(channel, MessageTs{"1.2"}, Message{"a"})).error().code == Errc::unavailable);
    CHECK(desk.run(desk.api.open_dm(user)).error().code == Errc::unavailable);
}

TEST_CASE("what was never sent is unreachable for every call", "[slack]")
{
    Desk desk;
    CHECK(desk.post().error().code == Errc::unreachable);
    CHECK(desk.run(desk.api.open_dm(user)).error().code == Errc::unreachable);
    CHECK(
        desk.run(desk.api.respond(Secret{"https://hooks.slack.com/x"}, Message{"a"}, false)).error().code ==
        Errc::unreachable);
}

TEST_CASE("a channel gets one message a second", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 3; ++i) desk.client.answer(200, R"({"ok":true,"ts":"1.2"})");
    CHECK(desk.post().has_value());
    desk.clock.advance(100ms);
    const auto early = desk.post();
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().code == Errc::rate_limited);
    CHECK(early.error().retry_after == 1s);
    CHECK(desk.client.sent.size() == 1);

    const ChannelId other{"C2"};
    CHECK(desk.run(desk.api.post_message(other, Message{"a"}, "u-2")).has_value());
    desk.clock.advance(900ms);
    CHECK(desk.post().has_value());
    CHECK(desk.client.sent.size() == 3);
}

TEST_CASE("a method that was told to wait is not called before, others are", "[slack]")
{
    Desk desk;
    desk.client.answer(429, "", {{"retry-after", "30"}});
    CHECK(desk.post().error().retry_after == 30s);
    desk.clock.advance(29'500ms);
    const auto early = desk.post();
    CHECK(early.error().code == Errc::rate_limited);
    CHECK(early.error().retry_after == 1s);
    CHECK(desk.client.sent.size() == 1);

    desk.client.answer(200, R"({"ok":true,"channel":{"id":"D1"}})");
    CHECK(desk.run(desk.api.open_dm(user)).has_value());
    desk.clock.advance(500ms);
    desk.client.answer(200, R"({"ok":true,"ts":"1.2"})");
    CHECK(desk.post().has_value());
}

TEST_CASE("an update always sends the blocks, so that no button stays", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"ts":"1.2"})");
    CHECK(desk.run(desk.api.update_message(channel, MessageTs{"1.2"}, Message{"gone"})).has_value());
    const auto form = desk.form(0);
    CHECK(desk.client.sent[0].url == "https://slack.com:443/api/chat.update");
    CHECK(form.at("ts") == "1.2");
    CHECK(form.at("blocks") == "[]");
    CHECK(form.count("metadata") == 0);
}

TEST_CASE("an ephemeral message names its reader", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"message_ts":"1.2"})");
    desk.client.answer(200, R"({"ok":false,"error":"user_not_in_channel"})");
    CHECK(desk.run(desk.api.post_ephemeral(channel, user, Message{"a"})).has_value());
    CHECK(desk.form(0).at("user") == "U061F7AUR");
    const auto refused = desk.run(desk.api.post_ephemeral(channel, user, Message{"a"}));
    CHECK(refused.error().code == Errc::refused);
    CHECK(refused.error().reason == "user_not_in_channel");
}

TEST_CASE("a direct message's channel is Slack's", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"channel":{"id":"D069C7QFK"}})");
    desk.client.answer(200, R"({"ok":true,"channel":{"id":"d-1"}})");
    const auto opened = desk.run(desk.api.open_dm(user));
    REQUIRE(opened.has_value());
    CHECK(*opened == ChannelId{"D069C7QFK"});
    CHECK(desk.form(0).at("users") == "U061F7AUR");
    CHECK(desk.run(desk.api.open_dm(user)).error().code == Errc::unavailable);
}

// --- response_url ---

TEST_CASE("a response goes to its URL as JSON, without the token", "[slack]")
{
    Desk desk;
    desk.client.answer(200, "ok");
    const auto done =
        desk.run(desk.api.respond(Secret{"https://hooks.slack.com/commands/T1/2/x"}, Message{"a \"b\""}, true));
    REQUIRE(done.has_value());
    const auto& sent = desk.client.sent[0];
    CHECK(sent.url == "https://hooks.slack.com:443/commands/T1/2/x");
    CHECK(sent.bearer.empty());
    CHECK(sent.content_type == "application/json");
    const auto body = json::parse(sent.body);
    CHECK(body.at("response_type") == "ephemeral");
    CHECK(body.at("replace_original") == true);
    CHECK(body.at("text") == "a \"b\"");
    CHECK_FALSE(body.as_object().contains("blocks"));
}

TEST_CASE("a response to a foreign host is never sent", "[slack]")
{
    Desk desk;
    const auto refused = desk.run(desk.api.respond(Secret{"https://evil.example/x"}, Message{"a"}, false));
    CHECK(refused.error().code == Errc::refused);
    CHECK(desk.client.sent.empty());
}

TEST_CASE("a spent response_url is refused and a rate limit waits", "[slack]")
{
    Desk desk;
    desk.client.answer(404, "used_url");
    desk.client.answer(429, "", {{"retry-after", "3"}});
    const auto respond = [&desk] {
        return desk.run(desk.api.respond(Secret{"https://hooks.slack.com/x"}, Message{"a"}, false));
    };
    CHECK(respond().error().reason == "response_url_spent");
    CHECK(respond().error().retry_after == 3s);
    CHECK(respond().error().code == Errc::rate_limited);
    CHECK(desk.client.sent.size() == 2);
}

// --- find_message ---

TEST_CASE("a message is found by its mark, on whatever page", "[slack]")
{
    Desk desk;
    desk.client.answer(200, history(marked("other"), "next=="));
    desk.client.answer(200, history(R"({"ts":"1.1"},)" + marked("u-1")));
    const auto found = desk.run(desk.api.find_message(channel, "u-1", desk.clock.now() - 60s));
    REQUIRE(found.has_value());
    CHECK(*found == MessageTs{"1763800001.000200"});
    CHECK(desk.client.sent[0].url == "https://slack.com:443/api/conversations.history");
    CHECK(desk.form(0).at("include_all_metadata") == "true");
    CHECK(desk.form(0).at("oldest") == "1763799940.000000");
    CHECK(desk.form(0).count("cursor") == 0);
    CHECK(desk.form(1).at("cursor") == "next==");
}

TEST_CASE("a message that is not there is not found", "[slack]")
{
    Desk desk;
    desk.client.answer(200, history(marked("u-10") + R"(,{"ts":"1.2","metadata":{"event_type":"countersign_post"}})"));
    const auto found = desk.run(desk.api.find_message(channel, "u-1", desk.clock.now()));
    REQUIRE(found.has_value());
    CHECK_FALSE(found->has_value());
}

TEST_CASE("a history that does not end is unavailable, not empty", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 11; ++i) desk.client.answer(200, history("", "more"));
    CHECK(desk.run(desk.api.find_message(channel, "u-1", desk.clock.now())).error().code == Errc::unavailable);
    CHECK(desk.client.sent.size() == 10);
}

TEST_CASE("a search ends within its time", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 11; ++i) desk.client.answer(200, history("", "more"));
    desk.client.on_send = [&desk] { desk.clock.advance(6s); };
    CHECK(desk.run(desk.api.find_message(channel, "u-1", desk.clock.now())).error().reason == "history_too_long");
    REQUIRE(desk.client.sent.size() == 3);
    CHECK(desk.client.sent[2].deadline == 3s);
}

TEST_CASE("an answer that cannot be read proves no absence", "[slack]")
{
    const std::string body = GENERATE(
        R"({"ok":true})", R"({"ok":true,"messages":7})", R"({"ok":true,"messages":null})",
        R"({"ok":true,"messages":[],"response_metadata":{"next_cursor":7}})", R"({"ok":false,"error":"fatal_error"})");
    CAPTURE(body);
    Desk desk;
    desk.client.answer(200, body);
    CHECK(desk.run(desk.api.find_message(channel, "u-1", desk.clock.now())).error().code == Errc::unavailable);
}

TEST_CASE("without the right to read history the search is forbidden", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":false,"error":"missing_scope","needed":"groups:history"})");
    const auto found = desk.run(desk.api.find_message(channel, "u-1", desk.clock.now()));
    CHECK(found.error().code == Errc::forbidden);
    CHECK(found.error().reason == "missing_scope");
}

// --- who we are, and who they are ---

TEST_CASE("auth.test tells who we are, or nothing", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"team_id":"T1","user_id":"U9","bot_id":"B9"})");
    desk.client.answer(200, R"({"ok":true,"team_id":"T1"})");
    desk.client.answer(200, R"({"ok":false,"error":"invalid_auth"})");
    const auto identity = desk.run(desk.api.auth_test());
    REQUIRE(identity.has_value());
    CHECK(identity->team == SlackTeamId{"T1"});
    CHECK(identity->user == SlackUserId{"U9"});
    CHECK(identity->bot_id == "B9");
    CHECK(desk.run(desk.api.auth_test()).error().code == Errc::unavailable);
    CHECK(desk.run(desk.api.auth_test()).error().code == Errc::forbidden);
}

TEST_CASE("a group's members are all ids, or the answer does not count", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"users":["U1","W2"]})");
    desk.client.answer(200, R"({"ok":true,"users":["U1",7]})");
    desk.client.answer(200, R"({"ok":true,"users":["U1",""]})");
    desk.client.answer(200, R"({"ok":true})");
    const SlackGroupId group{"S0604QSJC"};
    const auto members = desk.run(desk.api.group_members(group));
    REQUIRE(members.has_value());
    CHECK(*members == std::vector<SlackUserId>{SlackUserId{"U1"}, SlackUserId{"W2"}});
    CHECK(desk.form(0).at("usergroup") == "S0604QSJC");
    for (int i = 0; i < 3; ++i) CHECK(desk.run(desk.api.group_members(group)).error().code == Errc::unavailable);
}

TEST_CASE("a person's standing follows from what Slack says of them", "[slack]")
{
    using Case = std::pair<std::string, MemberStatus>;
    const auto [fields, standing] = GENERATE(
        Case{R"("team_id":"T024BE7LD")", MemberStatus::member},
        Case{
            R"("team_id":"T024BE7LD","deleted":false,"is_bot":false,"is_restricted":false,"is_stranger":null)",
            MemberStatus::member},
        Case{R"("team_id":"T024BE7LD","deleted":true)", MemberStatus::deactivated},
        Case{R"("team_id":"T024BE7LD","is_bot":true)", MemberStatus::bot},
        Case{R"("team_id":"T024BE7LD","is_restricted":true)", MemberStatus::guest},
        Case{R"("team_id":"T024BE7LD","is_ultra_restricted":true)", MemberStatus::guest},
        Case{R"("team_id":"T024BE7LD","is_stranger":true)", MemberStatus::outsider},
        Case{R"("team_id":"T2")", MemberStatus::outsider}, Case{R"("name":"grace")", MemberStatus::outsider},
        Case{R"("team_id":"T2","enterprise_user":{"id":"W1","teams":["T3","T024BE7LD"]})", MemberStatus::member},
        Case{R"("team_id":"T2","enterprise_user":{"id":"W1","teams":["T3"]})", MemberStatus::outsider},
        Case{R"("team_id":"T2","enterprise_user":{"id":"W1"})", MemberStatus::outsider},
        Case{R"("team_id":"T2","is_restricted":true)", MemberStatus::outsider});
    CAPTURE(fields);
    Desk desk;
    desk.client.answer(200, user_info(fields));
    const auto seen = desk.run(desk.api.user_info(user, team));
    REQUIRE(seen.has_value());
    CHECK(seen->status == standing);
    CHECK(desk.client.sent[0].url == "https://slack.com:443/api/users.info");
    CHECK(desk.client.sent[0].body == "user=U061F7AUR");
}

TEST_CASE("Slackbot is a bot although it says no", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"user":{"id":"USLACKBOT","team_id":"T024BE7LD","is_bot":false}})");
    const auto seen = desk.run(desk.api.user_info(SlackUserId{"USLACKBOT"}, team));
    REQUIRE(seen.has_value());
    CHECK(seen->status == MemberStatus::bot);
}

TEST_CASE("a person's address is that of their profile, lower case, when it is a plain one", "[slack]")
{
    using Case = std::pair<std::string, std::optional<Email>>;
    const auto [profile, email] = GENERATE(
        Case{R"({"email":"Grace@Acme.example"})", Email{"grace@acme.example"}}, Case{R"({"email":""})", std::nullopt},
        Case{R"({"email":null})", std::nullopt}, Case{R"({"real_name":"Grace"})", std::nullopt},
        Case{R"({"email":"two@a.example two@b.example"})", std::nullopt});
    CAPTURE(profile);
    Desk desk;
    desk.client.answer(200, user_info(R"("team_id":"T024BE7LD","profile":)" + profile));
    const auto seen = desk.run(desk.api.user_info(user, team));
    REQUIRE(seen.has_value());
    CHECK(seen->email == email);
}

TEST_CASE("an answer about somebody else, or of the wrong types, is no answer", "[slack]")
{
    const std::string body = GENERATE(
        R"({"ok":true})", R"({"ok":true,"user":{"id":"U2","team_id":"T024BE7LD"}})",
        R"({"ok":true,"user":{"id":"U061F7AUR","team_id":7}})",
        R"({"ok":true,"user":{"id":"U061F7AUR","team_id":"T024BE7LD","deleted":"no"}})",
        R"({"ok":true,"user":{"id":"U061F7AUR","team_id":"T024BE7LD","is_restricted":0}})",
        R"({"ok":true,"user":{"id":"U061F7AUR","team_id":"T2","enterprise_user":{"teams":"T024BE7LD"}}})",
        R"({"ok":true,"user":{"id":"U061F7AUR","team_id":"T024BE7LD","profile":{"email":7}}})");
    CAPTURE(body);
    Desk desk;
    desk.client.answer(200, body);
    CHECK(desk.run(desk.api.user_info(user, team)).error().code == Errc::unavailable);
}

// --- what goes out, to the last field

namespace {

using Form = std::map<std::string, std::string>;

Message with_divider() { return Message{"words", json::array{{{"type", "divider"}}}}; }
const std::string divider = R"([{"type":"divider"}])";

}  // namespace

TEST_CASE("a reply is a message under its parent", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"ts":"1.3"})");
    const auto ts = desk.run(desk.api.post_reply(channel, MessageTs{"1.2"}, Message{"words"}, "u-1"));
    REQUIRE(ts.has_value());
    CHECK(*ts == MessageTs{"1.3"});
    CHECK(desk.client.sent.at(0).url == "https://slack.com:443/api/chat.postMessage");
    const auto form = desk.form(0);
    CHECK(form.at("thread_ts") == "1.2");
    CHECK(form.at("channel") == "C061EG9SL");
    CHECK(form.at("text") == "words");
    CHECK(form.count("blocks") == 0);
    CHECK(form.at("metadata") == R"({"event_type":"countersign_post","event_payload":{"id":"u-1"}})");
}

TEST_CASE("a reply counts for the pace of its channel", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 2; ++i) desk.client.answer(200, R"({"ok":true,"ts":"1.3"})");
    CHECK(desk.post().has_value());
    CHECK(
        desk.run(desk.api.post_reply(channel, MessageTs{"1.2"}, Message{"a"}, "u-2")).error().code ==
        Errc::rate_limited);
    desk.clock.advance(999ms);
    CHECK(desk.post().error().code == Errc::rate_limited);
    desk.clock.advance(1ms);
    CHECK(desk.post().has_value());
}

TEST_CASE("updates and private messages carry all their fields, and are waited for ten seconds", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 3; ++i) desk.client.answer(200, R"({"ok":true})");
    CHECK(desk.run(desk.api.update_message(channel, MessageTs{"1.2"}, with_divider())).has_value());
    CHECK(desk.run(desk.api.post_ephemeral(channel, user, with_divider())).has_value());
    CHECK(
        desk.form(0) ==
        Form{{"channel", "C061EG9SL"}, {"ts", "1.2"}, {"text", "words"}, {"blocks", divider}, {"parse", "none"}});
    CHECK(desk.client.sent[1].url == "https://slack.com:443/api/chat.postEphemeral");
    CHECK(
        desk.form(1) ==
        Form{
            {"channel", "C061EG9SL"},
            {"user", "U061F7AUR"},
            {"text", "words"},
            {"blocks", divider},
            {"parse", "none"}});
    for (const auto& sent : desk.client.sent) CHECK(sent.deadline == 10s);
    CHECK(desk.run(desk.api.post_ephemeral(channel, user, Message{"words"})).has_value());
    CHECK(desk.form(2).count("blocks") == 0);
    desk.client.answer(200, R"({"ok":false,"error":"message_not_found"})");
    const auto refused = desk.run(desk.api.update_message(channel, MessageTs{"1.2"}, Message{"a"}));
    CHECK(refused.error().reason == "message_not_found");
}

TEST_CASE("a response carries its blocks, and replaces only where it is to", "[slack]")
{
    Desk desk;
    desk.client.answer(200, "ok");
    REQUIRE(desk.run(desk.api.respond(Secret{"https://hooks.slack.com/x"}, with_divider(), false)).has_value());
    const auto body = json::parse(desk.client.sent.at(0).body);
    CHECK(body.at("replace_original") == false);
    CHECK(json::serialize(body.at("blocks")) == divider);
    CHECK(desk.client.sent[0].deadline == 10s);
}

TEST_CASE("a response_url that was told to wait is not used before its time, and then it is", "[slack]")
{
    Desk desk;
    desk.client.answer(429, "", {{"retry-after", "3"}});
    const auto respond = [&desk] {
        return desk.run(desk.api.respond(Secret{"https://hooks.slack.com/x"}, Message{"a"}, false));
    };
    CHECK(respond().error().retry_after == 3s);
    desk.clock.advance(2'999ms);
    CHECK(respond().error().reason == "paced");
    CHECK(desk.client.sent.size() == 1);
    desk.clock.advance(1ms);
    desk.client.answer(200, "ok");
    CHECK(respond().has_value());
}

TEST_CASE("a search says from when, how many and with what, and begins with the time there is", "[slack]")
{
    Desk desk;
    desk.client.answer(200, history(""));
    const auto found = desk.run(desk.api.find_message(channel, "u-1", TimePoint{std::chrono::milliseconds{1'234'567}}));
    REQUIRE(found.has_value());
    CHECK_FALSE(found->has_value());
    CHECK(
        desk.form(0) ==
        Form{
            {"channel", "C061EG9SL"},
            {"oldest", "1234.567000"},
            {"inclusive", "true"},
            {"include_all_metadata", "true"},
            {"limit", "200"}});
    CHECK(desk.client.sent[0].deadline == 10s);
    desk.client.answer(200, history(""));
    REQUIRE(desk.run(desk.api.find_message(channel, "u-1", TimePoint{std::chrono::milliseconds{-5}})).has_value());
    CHECK(desk.form(1).at("oldest") == "0.000000");
}

TEST_CASE("a search whose time is over on the dot asks no more", "[slack]")
{
    Desk desk;
    for (int i = 0; i < 4; ++i) desk.client.answer(200, history("", "more"));
    desk.client.on_send = [&desk] { desk.clock.advance(5s); };
    CHECK(desk.run(desk.api.find_message(channel, "u-1", desk.clock.now())).error().code == Errc::unavailable);
    CHECK(desk.client.sent.size() == 3);
}

TEST_CASE("a mark is of our kind and of this very post", "[slack]")
{
    const std::string message = GENERATE(
        R"({"ts":"1.2","metadata":{"event_type":"other_post","event_payload":{"id":"u-1"}}})",
        R"({"ts":"1.2","metadata":{"event_type":"countersign_post","event_payload":{"id":"u-2"}}})",
        R"({"ts":"1.2","metadata":{"event_payload":{"id":"u-1"}}})", R"({"ts":"1.2","text":"u-1"})",
        R"({"metadata":{"event_type":"countersign_post","event_payload":{"id":"u-1"}}})");
    CAPTURE(message);
    Desk desk;
    desk.client.answer(200, history(message));
    const auto found = desk.run(desk.api.find_message(channel, "u-1", desk.clock.now()));
    REQUIRE(found.has_value());
    CHECK_FALSE(found->has_value());
}

TEST_CASE("our message is the one of our bot, or without one, of our user, or of nobody named", "[slack]")
{
    const auto [sender, is_ours] = GENERATE(table<std::string, bool>({
        {R"("bot_id":"B9","user":"U9",)", true},
        {R"("bot_id":"B9","user":"U7",)", true},
        {R"("bot_id":"B7","user":"U9",)", false},
        {R"("bot_id":"B7",)", false},
        {R"("user":"U9",)", true},
        {R"("user":"U7",)", false},
        {"", true},
    }));
    CAPTURE(sender);
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"team_id":"T1","user_id":"U9","bot_id":"B9"})");
    REQUIRE(desk.run(desk.api.auth_test()).has_value());
    desk.client.answer(200, history(marked("u-1", sender)));
    const auto found = desk.run(desk.api.find_message(channel, "u-1", desk.clock.now()));
    REQUIRE(found.has_value());
    CHECK(found->has_value() == is_ours);
}

TEST_CASE("a bot that Slack gives no bot id is known by its user", "[slack]")
{
    Desk desk;
    desk.client.answer(200, R"({"ok":true,"team_id":"T1","user_id":"U9"})");
    const auto identity = desk.run(desk.api.auth_test());
    REQUIRE(identity.has_value());
    CHECK(identity->bot_id.empty());
    CHECK(desk.client.sent[0].url == "https://slack.com:443/api/auth.test");
    desk.client.answer(200, history(marked("u-1", R"("bot_id":"B7",)")));
    const auto found = desk.run(desk.api.find_message(channel, "u-1", desk.clock.now()));
    REQUIRE(found.has_value());
    CHECK(found->has_value());
}
