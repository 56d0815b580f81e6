#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

TEST_CASE("a posted message can be read back and its ts identifies it", "[slack][chat]")
{
    auto slack = workspace();
    const auto answer =
        call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "a"}, {"blocks", button_blocks}});
    CHECK(answer.at("ok") == true);
    CHECK(text_of(answer, "channel") == approvals);
    CHECK(answer.at("message").at("bot_id") == "B019DESK0");
    const auto seen = slack.messages(approvals);
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].ts == text_of(answer, "ts"));
    CHECK(seen[0].blocks.size() == 2);
    CHECK(seen[0].ts == "1763800000.000000");
}

TEST_CASE("time stamps grow even when the clock stands still or goes back", "[slack][chat]")
{
    auto slack = workspace();
    const auto first = post_card(slack, approvals, start);
    const auto second = post_card(slack, approvals, start);
    const auto third = post_card(slack, helpdesk, start - 5'000);
    CHECK(first < second);
    CHECK(second < third);
}

TEST_CASE("where the bot may not write it is told why", "[slack][chat]")
{
    auto slack = workspace();
    const auto error = [&](const char* where) {
        return error_of(call(slack, "chat.postMessage", {{"channel", where}, {"text", "x"}}));
    };
    CHECK(error("C0NOWHERE") == "channel_not_found");
    CHECK(error(hidden) == "channel_not_found");
    CHECK(error(lobby) == "not_in_channel");
    CHECK(error(archive) == "is_archived");
    CHECK(error(requester) == "channel_not_found");
}

TEST_CASE("chat:write.public lets the bot post where it has not joined", "[slack][chat]")
{
    auto with = options();
    with.scopes.insert("chat:write.public");
    auto slack = workspace(with);
    CHECK(call(slack, "chat.postMessage", {{"channel", lobby}, {"text", "x"}}).at("ok") == true);
}

TEST_CASE("a message must say something in a form that Slack reads", "[slack][chat]")
{
    auto slack = workspace();
    const auto error = [&](Form form) {
        form.emplace_back("channel", approvals);
        return error_of(call(slack, "chat.postMessage", form));
    };
    CHECK(error({}) == "no_text");
    CHECK(error({{"text", ""}}) == "no_text");
    CHECK(error({{"blocks", "[]"}}) == "no_text");
    CHECK(error({{"text", "x"}, {"blocks", "not json"}}) == "invalid_blocks_format");
    CHECK(error({{"text", "x"}, {"blocks", "{}"}}) == "invalid_blocks_format");
    CHECK(error({{"text", "x"}, {"blocks", R"([{"type":"sektion"}])"}}) == "invalid_blocks");
    CHECK(error({{"text", "x"}, {"attachments", "{}"}}) == "invalid_attachments");
    CHECK(error({{"text", "x"}, {"markdown_text", "y"}}) == "markdown_text_conflict");
    CHECK(error({{"text", "x"}, {"metadata", "nonsense"}}) == "invalid_metadata_format");
    CHECK(error({{"text", "x"}, {"metadata", R"({"event_type":"a"})"}}) == "invalid_metadata_schema");
    CHECK(error({{"text", "x"}, {"thread_ts", "1.000001"}}) == "cannot_reply_to_message");
    CHECK(slack.messages(approvals).empty());
}

TEST_CASE("a reply to a message that was deleted is taken, and stands in the channel", "[slack][chat]")
{
    auto slack = workspace();
    const auto parent = text_of(call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "0"}}), "ts");
    const auto reply = [&](TimeMs now) {
        return call(
            slack, "chat.postMessage", {{"channel", approvals}, {"text", "a reply"}, {"thread_ts", parent}}, now);
    };
    CHECK(text_of(reply(start + 2'000).at("message").as_object(), "thread_ts") == parent);
    call(slack, "chat.delete", {{"channel", approvals}, {"ts", parent}});
    const auto stray = reply(start + 4'000);
    CHECK(stray.at("ok") == true);
    CHECK_FALSE(stray.at("message").as_object().contains("thread_ts"));
    CHECK(slack.messages(approvals).back().thread_ts.empty());
}

TEST_CASE("a channel in which apps may not post says so", "[slack][chat]")
{
    auto slack = workspace();
    slack.channel(approvals).refuses_apps = "restricted_action";
    CHECK(error_of(call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "x"}})) == "restricted_action");
    slack.channel(approvals).refuses_apps.clear();
    CHECK(call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "x"}}).at("ok") == true);
}

TEST_CASE("too many attachments are refused and a hundred are not", "[slack][chat]")
{
    auto slack = workspace();
    const auto post = [&](std::size_t count) {
        json::array list;
        for (std::size_t i = 0; i < count; ++i) list.push_back(json::object{{"text", "a"}});
        return call(
            slack, "chat.postMessage", {{"channel", approvals}, {"text", "x"}, {"attachments", json::serialize(list)}});
    };
    CHECK(post(100).at("ok") == true);
    CHECK(error_of(post(101)) == "too_many_attachments");
}

TEST_CASE("a text above 40000 characters is cut, and the answer warns", "[slack][chat]")
{
    auto slack = workspace();
    const auto post = [&](std::size_t length) {
        return call(slack, "chat.postMessage", {{"channel", approvals}, {"text", std::string(length, 'a')}});
    };
    CHECK_FALSE(post(40'000).contains("warning"));
    CHECK(text_of(post(40'001), "warning") == "message_truncated");
    CHECK(slack.messages(approvals).back().text.size() == 40'000);
}

TEST_CASE("one message a second goes to a channel, with a small burst", "[slack][chat]")
{
    auto slack = workspace();
    const auto post = [&](const char* where, TimeMs now) {
        return slack.handle(form_call("chat.postMessage", {{"channel", where}, {"text", "x"}}), now);
    };
    for (int i = 0; i < 3; ++i) CHECK(post(approvals, start).status == 200);
    const auto refused = post(approvals, start);
    CHECK(refused.status == 429);
    Request headers{"", "", refused.headers, ""};
    CHECK(headers.header("retry-after") == "1");
    CHECK(post(helpdesk, start).status == 200);
    CHECK(post(approvals, start + 1'000).status == 200);
    CHECK(post(approvals, start + 1'000).status == 429);
    CHECK(slack.messages(approvals).size() == 4);
}

TEST_CASE("an update with a text alone takes the blocks away", "[slack][chat]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    CHECK(call(slack, "chat.update", {{"channel", approvals}, {"ts", ts}, {"text", "Done"}}).at("text") == "Done");
    CHECK(slack.messages(approvals)[0].blocks.empty());
    CHECK(slack.messages(approvals)[0].text == "Done");
    CHECK_FALSE(slack.messages(approvals)[0].edited_ts.empty());
}

TEST_CASE("an update with neither text nor blocks leaves both, an empty list clears the blocks", "[slack][chat]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    const Form where{{"channel", approvals}, {"ts", ts}};
    auto metadata = where;
    metadata.emplace_back("metadata", R"({"event_type":"a","event_payload":{"id":"1"}})");
    CHECK(call(slack, "chat.update", metadata).at("ok") == true);
    CHECK(slack.messages(approvals)[0].blocks.size() == 2);
    CHECK(slack.messages(approvals)[0].metadata.has_value());
    auto cleared = where;
    cleared.emplace_back("blocks", "[]");
    CHECK(call(slack, "chat.update", cleared).at("ok") == true);
    CHECK(slack.messages(approvals)[0].blocks.empty());
    CHECK(slack.messages(approvals)[0].text == "Reset request");
    auto without = where;
    without.emplace_back("metadata", "{}");
    CHECK(call(slack, "chat.update", without).at("ok") == true);
    CHECK_FALSE(slack.messages(approvals)[0].metadata.has_value());
    CHECK(error_of(call(slack, "chat.update", where)) == "no_text");
}

TEST_CASE("an update takes 4000 characters and refuses 4001", "[slack][chat]")
{
    auto slack = workspace();
    const auto ts = post_card(slack);
    const auto update = [&](std::size_t length) {
        return call(slack, "chat.update", {{"channel", approvals}, {"ts", ts}, {"text", std::string(length, 'a')}});
    };
    CHECK(update(4'000).at("ok") == true);
    CHECK(error_of(update(4'001)) == "msg_too_long");
}

TEST_CASE("only the bot's own lasting messages can be updated or deleted", "[slack][chat]")
{
    auto slack = workspace();
    const auto theirs = slack.say(requester, approvals, "hello", start);
    const auto ephemeral = text_of(
        call(slack, "chat.postEphemeral", {{"channel", approvals}, {"user", requester}, {"text", "psst"}}),
        "message_ts");
    const auto error = [&](const char* method, const std::string& ts) {
        return error_of(call(slack, method, {{"channel", approvals}, {"ts", ts}, {"text", "x"}}));
    };
    CHECK(error("chat.update", theirs) == "cant_update_message");
    CHECK(error("chat.delete", theirs) == "cant_delete_message");
    CHECK(error("chat.update", ephemeral) == "message_not_found");
    CHECK(error("chat.delete", ephemeral) == "message_not_found");
    CHECK(error("chat.update", "1.000001") == "message_not_found");
    const auto ts = post_card(slack);
    CHECK(call(slack, "chat.delete", {{"channel", approvals}, {"ts", ts}}).at("ok") == true);
    CHECK(error("chat.delete", ts) == "message_not_found");
    CHECK(error("chat.update", ts) == "message_not_found");
}

TEST_CASE("an ephemeral is seen by one person and is in no history", "[slack][chat]")
{
    auto slack = workspace();
    call(slack, "chat.postEphemeral", {{"channel", approvals}, {"user", requester}, {"text", "psst"}});
    CHECK(slack.visible_to(requester, approvals).size() == 1);
    CHECK(slack.visible_to(approver, approvals).empty());
    CHECK(slack.messages(approvals).empty());
    CHECK(call(slack, "conversations.history", {{"channel", approvals}}).at("messages").as_array().empty());
}

TEST_CASE("an ephemeral goes only to members of a channel that the bot is in", "[slack][chat]")
{
    auto slack = workspace();
    const auto error = [&](const char* where, const char* user, std::string text) {
        return error_of(
            call(slack, "chat.postEphemeral", {{"channel", where}, {"user", user}, {"text", std::move(text)}}));
    };
    CHECK(error(approvals, guest, "x") == "user_not_in_channel");
    CHECK(error(lobby, requester, "x") == "not_in_channel");
    CHECK(error(hidden, requester, "x") == "channel_not_found");
    CHECK(error(approvals, requester, "") == "no_text");
    CHECK(error(approvals, requester, std::string(4'000, 'a')).empty());
    CHECK(error(approvals, requester, std::string(4'001, 'a')) == "msg_too_long");
}

TEST_CASE("a direct message fails while the app's messages tab is off", "[slack][chat]")
{
    auto slack = workspace();
    const auto opened = call(slack, "conversations.open", {{"users", requester}});
    const auto dm = text_of(opened.at("channel").as_object(), "id");
    CHECK(call(slack, "chat.postMessage", {{"channel", dm}, {"text", "x"}}).at("ok") == true);
    CHECK(slack.dms(requester).size() == 1);
    CHECK(slack.dms(approver).empty());
    slack.options().messages_tab_enabled = false;
    CHECK(error_of(call(slack, "chat.postMessage", {{"channel", dm}, {"text", "x"}})) == "messages_tab_disabled");
}
