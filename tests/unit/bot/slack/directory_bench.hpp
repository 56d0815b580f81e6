#pragma once

#include "bot/slack/group_directory.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/scripted_http_client.hpp"
#include "tests/support/virtual_time.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

// A GroupDirectory with all that it asks, on virtual time.
namespace countersign::slack::test_bench {

namespace test = countersign::test;
using namespace std::chrono_literals;

inline const std::set<SlackTeamId> team{SlackTeamId{"T1"}};
inline const SlackUserId grace{"U1"};
inline const SlackUserId ada{"U2"};

// Slack's answers by what is asked for, instead of by turn: groups, people, and what fails.
struct Workspace
{
    boost::asio::io_context context{1};
    test::ScriptedHttpClient client;
    test::VirtualTime time{context, TimePoint{std::chrono::seconds{1763800000}}};
    test::VirtualTime& clock = time;
    WebApi api{client, *http::parse_origin("https://slack.com/api/"), Secret{"xoxb-1"}, time};
    std::map<std::string, std::vector<std::string>> groups{{"S1", {"U1"}}, {"S2", {"U2"}}};
    std::map<std::string, std::string> people;  // other fields of users.info, by id
    std::set<std::string> silent_people;        // of whom Slack answers with 500
    int groups_failing = 0;                     // status; 0: none
    int people_failing = 0;
    std::string silent_group;    // its members are not listed, and asking for them is answered with 500
    std::string unlisted_group;  // its members are not listed
    std::string other_fields;    // of every listed group
    bool too_large = false;      // the list of all groups
    RoleSources sources{{Role::support, {"S1", "U5"}}, {Role::approver, {"S2"}}};
    GroupDirectory directory{context.get_executor(), api, time, time, team, sources, ChannelId{"C0APPROVE"},
                             PublicChannel::refused};
    std::string channel = R"("is_private":true)";  // of conversations.info; empty: it fails

    Workspace()
    {
        client.on_send = [this] { answer(client.sent.back()); };
    }

    ~Workspace()
    {
        directory.cancel();
        context.restart();
        context.poll();
    }

    static std::string ids(const std::vector<std::string>& users)
    {
        std::string all;
        for (const std::string& user : users) all += (all.empty() ? "\"" : ",\"") + user + "\"";
        return "[" + all + "]";
    }

    std::string listed() const
    {
        std::string all;
        for (const auto& [id, users] : groups)
        {
            const bool tells = id != silent_group && id != unlisted_group;
            all += std::string{all.empty() ? "" : ","} + R"({"id":")" + id + "\"" + other_fields +
                (tells ? R"(,"users":)" + ids(users) : std::string{}) + "}";
        }
        return all;
    }

    void answer(const test::ScriptedHttpClient::Sent& request)
    {
        if (request.url.ends_with("conversations.info"))
        {
            if (channel.empty()) return client.answer(500, "");
            return client.answer(200, R"({"ok":true,"channel":{"id":"C0APPROVE",)" + channel + "}}");
        }
        if (request.url.ends_with("auth.test"))
            return client.answer(200, R"({"ok":true,"team_id":"T1","user_id":"U0BOT","bot_id":"B1"})");
        if (request.url.ends_with("usergroups.list"))
        {
            if (groups_failing != 0) return client.answer(groups_failing, "", {{"retry-after", "5"}});
            if (too_large)
            {
                client.script.emplace_back(Problem{Errc::answer_lost, "response_too_large"});
                return;
            }
            return client.answer(200, R"({"ok":true,"usergroups":[)" + listed() + "]}");
        }
        const std::string id = request.body.substr(request.body.find('=') + 1);
        const bool is_group = request.url.ends_with("usergroups.users.list");
        const bool is_silent = is_group ? id == silent_group : silent_people.contains(id);
        const int failing = is_silent ? 500 : (is_group ? groups_failing : people_failing);
        if (failing != 0)
            client.answer(failing, "", {{"retry-after", "5"}});
        else if (is_group && !groups.contains(id))
            client.answer(200, R"({"ok":false,"error":"no_such_subteam"})");
        else if (is_group)
            client.answer(200, R"({"ok":true,"users":)" + ids(groups[id]) + "}");
        else if (people[id] == "unknown")
            client.answer(200, R"({"ok":false,"error":"user_not_found"})");
        else
            client.answer(200, R"({"ok":true,"user":{"id":")" + id + R"(","team_id":"T1")" + people[id] + "}}");
    }

    // Runs it to its end, and the time with it.
    template <class T>
    T in_time(boost::asio::awaitable<T> work)
    {
        std::optional<T> out;
        boost::asio::co_spawn(context, test::keep_result(std::move(work), out), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
        for (int turns = 0; turns < 10'000; ++turns)
        {
            context.restart();
            context.poll();
            if (out || !time.next()) break;
            time.advance_to(*time.next());
        }
        return std::move(out).value();
    }

    void refresh() { in_time(refreshed(directory)); }
    static boost::asio::awaitable<int> refreshed(GroupDirectory& directory)
    {
        co_await directory.refresh();
        co_return 0;
    }
    // Later than anything whose answer would be shared.
    Outcome<Member> fetch(
        const SlackUserId& user,
        std::set<Role> roles = {Role::support, Role::implementation, Role::approver, Role::auditor})
    {
        clock.advance(4s);
        return in_time(directory.fetch(user, std::move(roles)));
    }
    Outcome<void> learn(const std::string& user, Milliseconds patience = 2s, bool in_organization = false)
    {
        return in_time(directory.learn(SlackUserId{user}, in_organization, patience));
    }
    Result<Member> cached(const SlackUserId& user) { return directory.cached(user); }

    bool is_unavailable(const SlackUserId& user)
    {
        const auto member = cached(user);
        return !member && member.error() == Errc::unavailable;
    }
    long calls_of(const std::string& method)
    {
        return std::count_if(client.sent.begin(), client.sent.end(), [&](const auto& request) {
            return request.url.ends_with("/api/" + method);
        });
    }
    long asked_for_people() { return calls_of("users.info"); }
};

}  // namespace countersign::slack::test_bench
