#include "tests/unit/bot/slack/directory_bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <stdexcept>

using namespace countersign;
using namespace countersign::slack;
using namespace countersign::slack::test_bench;
using namespace std::chrono_literals;

TEST_CASE("a role held by what is neither a group nor a person is a mistake", "[slack]")
{
    const std::string id = GENERATE("C1", "support", "", "@grace", "S1 ", "s1");
    const RoleSources sources{{Role::support, {id}}};
    CHECK_THROWS_AS(Roster(sources), std::invalid_argument);
}

TEST_CASE("before Slack has answered nobody's rights are known", "[slack]")
{
    Workspace slack;
    CHECK(slack.is_unavailable(grace));
    CHECK(slack.is_unavailable(SlackUserId{"U9"}));
}

TEST_CASE("after a refresh everybody has the roles of their groups", "[slack]")
{
    Workspace slack;
    slack.refresh();
    const auto member = slack.cached(grace);
    REQUIRE(member.has_value());
    CHECK(member->holds(Role::support));
    CHECK_FALSE(member->holds(Role::approver));
    CHECK(slack.cached(ada)->holds(Role::approver));
    CHECK(slack.cached(SlackUserId{"U5"})->holds(Role::support));
    CHECK(slack.asked_for_people() == 3);
}

TEST_CASE("the address of somebody's profile comes with their rights, remembered and asked", "[slack]")
{
    Workspace slack;
    slack.people["U2"] = R"(,"profile":{"email":"Ada@Acme.example"})";
    slack.refresh();
    CHECK(slack.cached(ada)->email == Email{"ada@acme.example"});
    CHECK_FALSE(slack.cached(grace)->email);
    slack.people["U2"] = "";
    CHECK_FALSE(slack.fetch(ada)->email);
    CHECK_FALSE(slack.cached(ada)->email);
}

TEST_CASE("somebody in no group is a member without roles", "[slack]")
{
    Workspace slack;
    slack.refresh();
    const auto member = slack.cached(SlackUserId{"U9"});
    REQUIRE(member.has_value());
    CHECK(member->roles.empty());
    CHECK(member->status == MemberStatus::member);
}

TEST_CASE("who may not act does not, whatever their groups", "[slack]")
{
    using Case = std::pair<std::string, MemberStatus>;
    const auto [fields, standing] = GENERATE(
        Case{R"(,"deleted":true)", MemberStatus::deactivated}, Case{R"(,"is_bot":true)", MemberStatus::bot},
        Case{R"(,"is_restricted":true)", MemberStatus::guest}, Case{R"(,"is_stranger":true)", MemberStatus::outsider},
        Case{"unknown", MemberStatus::outsider});
    Workspace slack;
    slack.people["U2"] = fields;
    slack.refresh();
    const auto member = slack.cached(ada);
    REQUIRE(member.has_value());
    CHECK(member->status == standing);
    CHECK_FALSE(member->holds(Role::approver));
}

TEST_CASE("a group answer counts for ten minutes", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups_failing = 500;
    slack.clock.advance(10min);
    slack.refresh();
    CHECK(slack.cached(grace).has_value());
    slack.clock.advance(1ms);
    CHECK(slack.is_unavailable(grace));
    CHECK(slack.is_unavailable(SlackUserId{"U9"}));
}

TEST_CASE("groups that do not answer make all rights unknown in the end", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.clock.advance(9min);
    slack.groups_failing = 503;
    slack.refresh();
    slack.clock.advance(2min);
    slack.groups_failing = 0;
    CHECK(slack.is_unavailable(ada));
    slack.refresh();
    CHECK(slack.cached(ada).has_value());
}

TEST_CASE("a person's standing counts for twenty minutes", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.people_failing = 500;
    for (int minute = 0; minute < 20; ++minute)
    {
        slack.clock.advance(1min);
        slack.refresh();
    }
    CHECK(slack.cached(ada).has_value());
    slack.clock.advance(1ms);
    CHECK(slack.is_unavailable(ada));
    CHECK(slack.cached(SlackUserId{"U9"}).has_value());
}

TEST_CASE("a group that cannot be read takes nothing from those who hold a role in another", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.silent_group = "S2";
    slack.clock.advance(6min);
    slack.refresh();
    slack.clock.advance(6min);
    const auto member = slack.cached(grace);  // by S1, which is fresh
    REQUIRE(member.has_value());
    CHECK(member->roles == std::set<Role>{Role::support});
    CHECK(slack.is_unavailable(ada));  // by S2, which is not
    CHECK(slack.is_unavailable(SlackUserId{"U9"}));
}

TEST_CASE("somebody new in a group is unavailable until Slack says who they are", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups["S2"] = {"U2", "U3"};
    slack.people_failing = 500;
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.is_unavailable(SlackUserId{"U3"}));
    slack.people_failing = 0;
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.cached(SlackUserId{"U3"})->holds(Role::approver));
}

TEST_CASE("who leaves a group loses its role with the next refresh", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups["S2"].clear();
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.cached(ada)->roles.empty());
}

TEST_CASE("a group that does not exist has no members and disturbs nobody else", "[slack]")
{
    Workspace slack;
    slack.groups.erase("S2");
    slack.refresh();
    CHECK(slack.cached(ada)->roles.empty());
    CHECK(slack.cached(grace)->holds(Role::support));
}

TEST_CASE("people are asked for when new and then every ten minutes", "[slack]")
{
    Workspace slack;
    slack.refresh();
    CHECK(slack.asked_for_people() == 3);
    slack.clock.advance(9min);
    slack.refresh();
    CHECK(slack.asked_for_people() == 3);
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.asked_for_people() == 6);
}

TEST_CASE("a refresh asks for fifty people at most and the rest follow", "[slack]")
{
    Workspace slack;
    slack.groups["S1"].clear();
    for (int i = 100; i < 170; ++i) slack.groups["S1"].push_back("U" + std::to_string(i));
    slack.refresh();
    CHECK(slack.asked_for_people() == 50);
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.asked_for_people() == 72);
    CHECK(slack.cached(SlackUserId{"U169"})->holds(Role::support));
    // Those who were read first are the first to be read again.
    slack.clock.advance(9min);
    slack.refresh();
    CHECK(slack.asked_for_people() == 122);
}

TEST_CASE("a rate limit ends a refresh", "[slack]")
{
    Workspace slack;
    slack.people_failing = 429;
    slack.refresh();
    CHECK(slack.asked_for_people() == 1);
    CHECK(slack.is_unavailable(grace));

    Workspace throttled;
    throttled.groups_failing = 429;
    throttled.refresh();
    CHECK(throttled.client.sent.size() == 2);  // the channel, and the groups
}

TEST_CASE("asking reads the groups and the person now", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups["S2"] = {"U1"};
    slack.people["U1"] = R"(,"is_restricted":true)";
    const auto member = slack.fetch(grace);
    REQUIRE(member.has_value());
    CHECK(member->status == MemberStatus::guest);
    CHECK(member->roles == std::set<Role>{Role::support, Role::approver});
    CHECK_FALSE(member->holds(Role::approver));
    CHECK(slack.cached(ada)->roles.empty());
}

TEST_CASE("asking reads no group that says nothing about the roles asked for", "[slack]")
{
    Workspace slack;
    slack.refresh();
    const auto before = slack.client.sent.size();
    const auto nobody = slack.fetch(grace, {});
    REQUIRE(nobody.has_value());
    CHECK(nobody->roles.empty());
    CHECK(slack.client.sent.size() == before + 1);  // the person alone
}

TEST_CASE("asking in vain is no answer", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups_failing = 500;
    CHECK(slack.fetch(grace).error().code == Errc::unavailable);
    slack.groups_failing = 0;
    slack.people_failing = 500;
    CHECK(slack.fetch(grace).error().code == Errc::unavailable);
    slack.people_failing = 429;
    const auto limited = slack.fetch(grace);
    REQUIRE_FALSE(limited.has_value());
    CHECK(limited.error().code == Errc::rate_limited);
    CHECK(limited.error().retry_after == 5s);
}

TEST_CASE("asking about somebody whom Slack does not know gives an outsider", "[slack]")
{
    Workspace slack;
    slack.people["U9"] = "unknown";
    const auto member = slack.fetch(SlackUserId{"U9"});
    REQUIRE(member.has_value());
    CHECK(member->status == MemberStatus::outsider);
}

TEST_CASE("an answer about a group does not overwrite one that was asked for later", "[slack]")
{
    Roster roster{{{Role::support, {"S1"}}}};
    const SteadyTime now{std::chrono::hours{1}};
    roster.read(SlackGroupId{"S1"}, {ada}, now);
    roster.read(SlackGroupId{"S1"}, {grace}, now - 1s);
    CHECK(roster.everybody() == std::set<SlackUserId>{ada});
    roster.read(SlackGroupId{"S1"}, {grace}, now);  // of the same moment: it counts
    CHECK(roster.everybody() == std::set<SlackUserId>{grace});
}

TEST_CASE("an approvals channel that people of other companies see, or that cannot be seen, is not safe", "[slack]")
{
    Workspace slack;
    CHECK(slack.directory.approvals_channel() == ChannelSafety::unknown);
    slack.refresh();
    CHECK(slack.directory.approvals_channel() == ChannelSafety::safe);

    const auto [facts, safety] = GENERATE(table<std::string, ChannelSafety>({
        {R"("is_private":true,"is_ext_shared":true)", ChannelSafety::shared_outside},
        {R"("is_pending_ext_shared":true)", ChannelSafety::shared_outside},
        {R"("is_archived":true)", ChannelSafety::archived},
        {R"("is_private":false)", ChannelSafety::open_to_workspace},
        {R"("is_channel":true)", ChannelSafety::open_to_workspace},
        {R"("is_private":false,"is_archived":true)", ChannelSafety::archived},
        {R"("is_private":false,"is_ext_shared":true)", ChannelSafety::shared_outside},
    }));
    slack.channel = facts;
    slack.clock.advance(4s);
    slack.refresh();
    CHECK(slack.directory.approvals_channel() == safety);
}

TEST_CASE("a public approvals channel is safe where that is allowed, and a shared or archived one never is", "[slack]")
{
    Workspace slack;
    GroupDirectory directory{
        slack.context.get_executor(), slack.api, slack.time, slack.time, team, slack.sources, ChannelId{"C0APPROVE"},
        PublicChannel::allowed};
    const auto [facts, safety] = GENERATE(table<std::string, ChannelSafety>({
        {R"("is_private":false)", ChannelSafety::safe},
        {R"("is_private":false,"is_archived":true)", ChannelSafety::archived},
        {R"("is_private":false,"is_ext_shared":true)", ChannelSafety::shared_outside},
    }));
    slack.channel = facts;
    slack.in_time(Workspace::refreshed(directory));
    CHECK(directory.approvals_channel() == safety);
    CHECK(slack.in_time(directory.fetch_approvals_channel()).value() == safety);
}

TEST_CASE("an answer about the approvals channel that is too old is not believed", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.channel.clear();
    slack.clock.advance(channel_age_max);
    slack.refresh();
    CHECK(slack.directory.approvals_channel() == ChannelSafety::safe);
    slack.clock.advance(1ms);
    slack.refresh();
    CHECK(slack.directory.approvals_channel() == ChannelSafety::unknown);
}

TEST_CASE("who is named holds the role although no group can be read", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups_failing = 500;
    slack.clock.advance(10min + 1ms);
    CHECK(slack.is_unavailable(grace));
    const auto named = slack.cached(SlackUserId{"U5"});
    REQUIRE(named.has_value());
    CHECK(named->roles == std::set<Role>{Role::support});
}

TEST_CASE("people of an Enterprise organization are named by an id of their own", "[slack]")
{
    Workspace slack;
    const RoleSources sources{{Role::auditor, {"W7"}}};
    GroupDirectory directory{
        slack.context.get_executor(), slack.api, slack.time, slack.time, team, sources, ChannelId{"C0APPROVE"},
        PublicChannel::refused};
    slack.in_time(Workspace::refreshed(directory));
    const auto member = directory.cached(SlackUserId{"W7"});
    REQUIRE(member.has_value());
    CHECK(member->holds(Role::auditor));
}

TEST_CASE("a group that cannot be read does not keep the next from being read", "[slack]")
{
    Workspace slack;
    slack.silent_group = "S1";
    slack.refresh();
    const auto member = slack.cached(ada);
    REQUIRE(member.has_value());
    CHECK(member->holds(Role::approver));
    CHECK(slack.is_unavailable(grace));
}

TEST_CASE("only a group that does not exist has no members: any other refusal says nothing", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.client.on_send = [&slack] { slack.client.answer(200, R"({"ok":false,"error":"permission_denied"})"); };
    const auto asked = slack.fetch(ada);
    REQUIRE_FALSE(asked.has_value());
    CHECK(asked.error().code == Errc::unavailable);
    CHECK(asked.error().reason == "permission_denied");
    CHECK(slack.cached(ada).value().holds(Role::approver));
}

TEST_CASE("a person whom Slack does not show is an outsider, and any other refusal says nothing", "[slack]")
{
    Workspace slack;
    const auto refuse_people = [&slack](const std::string& error) {
        slack.client.on_send = [&slack, error] {
            const auto& request = slack.client.sent.back();
            if (!request.url.ends_with("users.info")) return slack.answer(request);
            slack.client.answer(200, R"({"ok":false,"error":")" + error + "\"}");
        };
    };
    refuse_people("user_not_visible");
    CHECK(slack.fetch(ada).value().status == MemberStatus::outsider);
    refuse_people("user_not_found");
    CHECK(slack.fetch(ada).value().status == MemberStatus::outsider);
    refuse_people("account_inactive");
    CHECK(slack.fetch(ada).error().code == Errc::unavailable);
    refuse_people("invalid_user");
    CHECK(slack.fetch(ada).error().code == Errc::unavailable);
}

TEST_CASE("asking counts only the roles asked for", "[slack]")
{
    Workspace slack;
    slack.refresh();
    const auto as_support = slack.fetch(ada, {Role::support});
    REQUIRE(as_support.has_value());
    CHECK(as_support->roles.empty());
    CHECK(slack.fetch(ada, {Role::approver}).value().roles == std::set<Role>{Role::approver});
}

TEST_CASE("asking while Slack limits the calls for groups waits as it says", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups_failing = 429;
    const auto limited = slack.fetch(grace);
    REQUIRE_FALSE(limited.has_value());
    CHECK(limited.error().code == Errc::rate_limited);
    CHECK(limited.error().retry_after == 5s);
    CHECK(slack.calls_of("usergroups.list") == 2);
    CHECK(slack.calls_of("usergroups.users.list") == 0);
}

TEST_CASE("nothing is remembered of people without a role", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.people["U9"] = R"(,"profile":{"email":"nine@acme.example"})";
    REQUIRE(slack.fetch(SlackUserId{"U9"}).value().email == Email{"nine@acme.example"});
    CHECK_FALSE(slack.cached(SlackUserId{"U9"}).value().email);

    slack.people["U2"] = R"(,"profile":{"email":"ada@acme.example"})";
    REQUIRE(slack.fetch(ada).value().email.has_value());
    slack.groups["S2"].clear();
    slack.clock.advance(4s);
    slack.refresh();
    CHECK_FALSE(slack.cached(ada).value().email);
}

TEST_CASE("an answer about a person does not overwrite one that was asked for later", "[slack]")
{
    Acquaintances people;
    const SteadyTime now{std::chrono::hours{1}};
    const auto meet = [&people](MemberStatus standing, SteadyTime at) {
        PersonFacts facts;
        facts.status = standing;
        people.meet(ada, facts, at);
    };
    meet(MemberStatus::deactivated, now);
    meet(MemberStatus::member, now - 1s);
    CHECK(people.cached(ada, now)->status == MemberStatus::deactivated);
    meet(MemberStatus::member, now);  // of the same moment: it counts
    CHECK(people.cached(ada, now)->status == MemberStatus::member);
}

TEST_CASE("of many who are due, those without an answer come first, then those asked for longest ago", "[slack]")
{
    Workspace slack;
    const auto fill = [&slack](int from, int to) {
        for (int i = from; i < to; ++i) slack.groups["S1"].push_back("U" + std::to_string(i));
    };
    slack.groups["S1"].clear();
    slack.groups["S2"].clear();
    fill(500, 540);
    slack.refresh();  // U500 to U539, and U5 who is named
    slack.clock.advance(1min);
    fill(300, 340);
    slack.refresh();  // U300 to U339, asked for later although their ids come first
    slack.clock.advance(10min);
    fill(900, 905);
    slack.client.sent.clear();
    slack.refresh();
    std::set<std::string> asked;
    for (const auto& request : slack.client.sent)
        if (request.url.ends_with("users.info")) asked.insert(request.body.substr(request.body.find('=') + 1));
    CHECK(asked.size() == 50);
    for (int i = 900; i < 905; ++i) CHECK(asked.count("U" + std::to_string(i)) == 1);
    for (int i = 500; i < 540; ++i) CHECK(asked.count("U" + std::to_string(i)) == 1);
}

TEST_CASE("an approvals channel that is archived and shared counts as shared", "[slack]")
{
    Workspace slack;
    slack.channel = R"("is_archived":true,"is_ext_shared":true)";
    slack.refresh();
    CHECK(slack.directory.approvals_channel() == ChannelSafety::shared_outside);
    // A failure keeps what is known.
    slack.channel.clear();
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.directory.approvals_channel() == ChannelSafety::shared_outside);
}
