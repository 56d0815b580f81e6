#include "tests/standins/tests/slack_fixture.hpp"

#include <catch2/catch.hpp>

using namespace standins;
using namespace standins::slack;
using namespace standins::slack::test;

namespace {

std::string dm_of(Workspace& slack, const char* user)
{
    return text_of(call(slack, "conversations.open", {{"users", user}}).at("channel").as_object(), "id");
}

}  // namespace

TEST_CASE("a direct conversation is opened once and found again", "[slack][conversations]")
{
    auto slack = workspace();
    const auto id = dm_of(slack, requester);
    CHECK(id.front() == 'D');
    const auto again = call(slack, "conversations.open", {{"users", requester}, {"return_im", "true"}});
    CHECK(again.at("already_open") == true);
    CHECK(again.at("channel").at("id") == id.c_str());
    CHECK(again.at("channel").at("is_im") == true);
    CHECK(dm_of(slack, approver) != id);
}

TEST_CASE("who cannot be written to is refused by the reason", "[slack][conversations]")
{
    auto slack = workspace();
    const auto error = [&](const char* users) {
        return error_of(call(slack, "conversations.open", {{"users", users}}));
    };
    CHECK(error("") == "users_list_not_supplied");
    CHECK(error("U0NOBODY") == "user_not_found");
    CHECK(error(leaver) == "user_disabled");
    CHECK(error(stranger) == "user_not_visible");
}

TEST_CASE("conversations.info says how a channel is shared", "[slack][conversations]")
{
    auto slack = workspace();
    const auto info = [&](const char* id) { return call(slack, "conversations.info", {{"channel", id}}); };
    CHECK(info(approvals).at("channel").at("is_private") == true);
    CHECK(info(approvals).at("channel").at("is_ext_shared") == false);
    CHECK(info(shared).at("channel").at("is_ext_shared") == true);
    CHECK(info(archive).at("channel").at("is_archived") == true);
    CHECK(info(lobby).at("channel").at("is_member") == false);
    CHECK(error_of(info(hidden)) == "channel_not_found");
    CHECK(
        call(slack, "conversations.info", {{"channel", approvals}, {"include_num_members", "true"}})
            .at("channel")
            .at("num_members") == 3);
}

TEST_CASE("the bot joins public channels only, and a second time with a warning", "[slack][conversations]")
{
    auto slack = workspace();
    const auto join = [&](const char* id) { return call(slack, "conversations.join", {{"channel", id}}); };
    CHECK(join(lobby).at("channel").at("is_member") == true);
    const auto again = join(lobby);
    CHECK(again.at("ok") == true);
    CHECK(text_of(again, "warning") == "already_in_channel");
    CHECK(error_of(join(hidden)) == "channel_not_found");
    CHECK(error_of(join(approvals)) == "method_not_supported_for_channel_type");
    CHECK(error_of(join(archive)) == "is_archived");
}

TEST_CASE("history hides the payload of metadata unless it is asked for", "[slack][conversations]")
{
    auto slack = workspace();
    call(
        slack, "chat.postMessage",
        {{"channel", approvals}, {"text", "x"}, {"metadata", R"({"event_type":"audit","event_payload":{"id":"7"}})"}});
    const auto plain = call(slack, "conversations.history", {{"channel", approvals}});
    const auto& hidden_metadata = plain.at("messages").at(0).at("metadata").as_object();
    CHECK(hidden_metadata.at("event_type") == "audit");
    CHECK_FALSE(hidden_metadata.contains("event_payload"));
    const auto full = call(slack, "conversations.history", {{"channel", approvals}, {"include_all_metadata", "true"}});
    CHECK(full.at("messages").at(0).at("metadata").at("event_payload").at("id") == "7");
    CHECK(full.at("messages").at(0).at("app_id") == "A019UV9PCQN");
}

TEST_CASE("history runs from new to old within exclusive bounds", "[slack][conversations]")
{
    auto slack = workspace();
    std::vector<std::string> ts;
    for (int i = 0; i < 5; ++i) ts.push_back(slack.say(requester, approvals, std::to_string(i), start + i * 1'000));
    const auto texts = [&](Form form) {
        form.emplace_back("channel", approvals);
        std::string out;
        const auto answer = call(slack, "conversations.history", form);
        for (const auto& message : answer.at("messages").as_array()) out += message.at("text").as_string().c_str();
        return out;
    };
    CHECK(texts({}) == "43210");
    CHECK(texts({{"oldest", ts[1]}}) == "432");
    CHECK(texts({{"oldest", ts[1]}, {"inclusive", "true"}}) == "4321");
    CHECK(texts({{"latest", ts[3]}}) == "210");
    CHECK(texts({{"oldest", ts[1]}, {"latest", ts[3]}}) == "2");
    CHECK(texts({{"oldest", "1763800003"}}) == "4");
}

TEST_CASE("history is paged by cursor and complete", "[slack][conversations]")
{
    auto slack = workspace();
    for (int i = 0; i < 5; ++i) slack.say(requester, approvals, std::to_string(i), start + i * 1'000);
    std::string out;
    std::string cursor;
    int pages = 0;
    do
    {
        const auto page =
            call(slack, "conversations.history", {{"channel", approvals}, {"limit", "2"}, {"cursor", cursor}});
        for (const auto& message : page.at("messages").as_array()) out += message.at("text").as_string().c_str();
        cursor = page.at("has_more") == true ? text_of(page.at("response_metadata").as_object(), "next_cursor") : "";
        ++pages;
    } while (!cursor.empty());
    CHECK(out == "43210");
    CHECK(pages == 3);
}

TEST_CASE("a thread is its parent and its replies, from old to new, and is paged", "[slack][conversations]")
{
    auto slack = workspace();
    const auto parent = text_of(call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "0"}}), "ts");
    slack.say(requester, approvals, "elsewhere", start + 500);
    for (int i = 1; i < 5; ++i)
        call(
            slack, "chat.postMessage", {{"channel", approvals}, {"text", std::to_string(i)}, {"thread_ts", parent}},
            start + i * 2'000);
    std::string out;
    std::string cursor;
    do
    {
        const auto page = call(
            slack, "conversations.replies",
            {{"channel", approvals}, {"ts", parent}, {"limit", "2"}, {"cursor", cursor}}, start + 20'000);
        for (const auto& message : page.at("messages").as_array()) out += message.at("text").as_string().c_str();
        cursor = page.at("has_more") == true ? text_of(page.at("response_metadata").as_object(), "next_cursor") : "";
    } while (!cursor.empty());
    CHECK(out == "01234");
}

TEST_CASE("a thread needs its parent and the scopes of the history", "[slack][conversations]")
{
    auto slack = workspace();
    const auto error = [&](Form form) { return error_of(call(slack, "conversations.replies", form)); };
    CHECK(error({{"channel", approvals}, {"ts", "1.000001"}}) == "thread_not_found");
    CHECK(error({{"channel", approvals}}) == "invalid_arguments");
    CHECK(error({{"channel", lobby}, {"ts", "1.000001"}}) == "not_in_channel");
    const auto parent = text_of(call(slack, "chat.postMessage", {{"channel", approvals}, {"text", "0"}}), "ts");
    CHECK(call(slack, "conversations.replies", {{"channel", approvals}, {"ts", parent}}).at("ok") == true);
    call(slack, "chat.delete", {{"channel", approvals}, {"ts", parent}});
    CHECK(error({{"channel", approvals}, {"ts", parent}}) == "thread_not_found");
    slack.options().scopes.erase("groups:history");
    slack.options().scopes.erase("channels:history");
    CHECK(error({{"channel", approvals}, {"ts", parent}}) == "missing_scope");
}

TEST_CASE("history refuses what it cannot read and channels that the bot is not in", "[slack][conversations]")
{
    auto slack = workspace();
    const auto error = [&](Form form) { return error_of(call(slack, "conversations.history", form)); };
    CHECK(error({{"channel", lobby}}) == "not_in_channel");
    CHECK(error({{"channel", hidden}}) == "channel_not_found");
    CHECK(error({{"channel", approvals}, {"oldest", "yesterday"}}) == "invalid_ts_oldest");
    CHECK(error({{"channel", approvals}, {"latest", "1.2.3"}}) == "invalid_ts_latest");
    CHECK(error({{"channel", approvals}, {"cursor", "xyz"}}) == "invalid_cursor");
}

TEST_CASE("members are paged, and a foreign cursor is refused", "[slack][conversations]")
{
    auto slack = workspace();
    const auto first = call(slack, "conversations.members", {{"channel", helpdesk}, {"limit", "3"}});
    CHECK(first.at("members").as_array().size() == 3);
    const auto cursor = text_of(first.at("response_metadata").as_object(), "next_cursor");
    const auto rest = call(slack, "conversations.members", {{"channel", helpdesk}, {"cursor", cursor}});
    CHECK(rest.at("members").as_array().size() == 1);
    CHECK(text_of(rest.at("response_metadata").as_object(), "next_cursor").empty());
    CHECK(error_of(call(slack, "conversations.members", {{"channel", helpdesk}, {"limit", "0"}})) == "invalid_limit");
    CHECK(
        error_of(call(slack, "conversations.members", {{"channel", helpdesk}, {"cursor", base64("next_ts:1")}})) ==
        "invalid_cursor");
}

TEST_CASE("a disabled group is hidden unless it is asked for", "[slack][people]")
{
    auto slack = workspace();
    CHECK(call(slack, "usergroups.list", {}).at("usergroups").as_array().size() == 1);
    const auto all = call(
        slack, "usergroups.list", {{"include_disabled", "true"}, {"include_users", "true"}, {"include_count", "true"}});
    REQUIRE(all.at("usergroups").as_array().size() == 2);
    CHECK(all.at("usergroups").at(1).at("date_delete") != 0);
    CHECK(all.at("usergroups").at(0).at("user_count") == "2");
    CHECK(all.at("usergroups").at(0).at("users").as_array().size() == 2);
    CHECK(error_of(call(slack, "usergroups.users.list", {{"usergroup", old_group_id}})) == "no_such_subteam");
    CHECK(
        call(slack, "usergroups.users.list", {{"usergroup", old_group_id}, {"include_disabled", "true"}}).at("ok") ==
        true);
    CHECK(error_of(call(slack, "usergroups.users.list", {{"usergroup", "S0NONE"}})) == "no_such_subteam");
}

TEST_CASE("users.info tells apart who may not act", "[slack][people]")
{
    auto slack = workspace();
    const auto info = [&](const char* id) { return call(slack, "users.info", {{"user", id}}).at("user").as_object(); };
    CHECK(info(requester).at("is_restricted") == false);
    CHECK(info(requester).at("profile").at("email") == "grace@example.com");
    CHECK(info(guest).at("is_restricted") == true);
    CHECK(info(guest).at("is_ultra_restricted") == false);
    CHECK(info(leaver).at("deleted") == true);
    CHECK(info(outsider).at("team_id") == "T0OTHER00");
    CHECK(info(outsider).at("is_stranger") == false);
    CHECK(info(stranger).at("is_stranger") == true);
    CHECK(info("U019BOT00").at("is_bot") == true);
    CHECK(error_of(call(slack, "users.info", {{"user", "U0NOBODY"}})) == "user_not_found");
}

TEST_CASE("an address is shown only with its scope", "[slack][people]")
{
    auto with = options();
    with.scopes.erase("users:read.email");
    auto slack = workspace(with);
    const auto answer = call(slack, "users.info", {{"user", requester}});
    CHECK_FALSE(answer.at("user").at("profile").as_object().contains("email"));
}

TEST_CASE("people are found by their address, whatever its case, and outsiders are not", "[slack][people]")
{
    auto slack = workspace();
    const auto find = [&](const char* email) { return call(slack, "users.lookupByEmail", {{"email", email}}); };
    CHECK(find("ADA@example.com").at("user").at("id") == approver);
    CHECK(find("gone@example.com").at("user").at("deleted") == true);
    CHECK(error_of(find("other@example.org")) == "users_not_found");
    CHECK(error_of(find("nobody@example.com")) == "users_not_found");
}
