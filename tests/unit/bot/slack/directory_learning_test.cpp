#include "tests/unit/bot/slack/directory_bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::slack;
using namespace countersign::slack::test_bench;
using namespace std::chrono_literals;

TEST_CASE("all who ask within three seconds share one call, and later ones do not", "[slack]")
{
    Workspace slack;
    for (int i = 0; i < 20; ++i)
    {
        REQUIRE(slack.in_time(slack.directory.fetch(ada, {Role::approver})).has_value());
        slack.clock.advance(100ms);
    }
    CHECK(slack.calls_of("usergroups.list") == 1);
    CHECK(slack.asked_for_people() == 1);
    slack.clock.advance(3s);
    REQUIRE(slack.in_time(slack.directory.fetch(ada, {Role::approver})).has_value());
    CHECK(slack.calls_of("usergroups.list") == 2);
    CHECK(slack.asked_for_people() == 2);
}

TEST_CASE("however many ask in a minute, groups cost no more calls than Slack allows", "[slack]")
{
    Workspace slack;
    for (int i = 0; i < 300; ++i)
    {
        REQUIRE(
            slack.in_time(slack.directory.fetch(SlackUserId{"U" + std::to_string(i)}, {Role::approver})).has_value());
        slack.clock.advance(200ms);
    }
    CHECK(slack.calls_of("usergroups.list") <= 20);
}

TEST_CASE("a failed answer is shared by nobody who asks later", "[slack]")
{
    Workspace slack;
    slack.groups_failing = 500;
    CHECK_FALSE(slack.in_time(slack.directory.fetch(ada, {Role::approver})).has_value());
    slack.groups_failing = 0;
    CHECK(slack.in_time(slack.directory.fetch(ada, {Role::approver})).has_value());
}

TEST_CASE("a group whose members are not listed is read by itself", "[slack]")
{
    Workspace slack;
    slack.unlisted_group = "S2";
    slack.refresh();
    CHECK(slack.calls_of("usergroups.users.list") == 1);
    CHECK(slack.cached(ada)->holds(Role::approver));
    CHECK(slack.cached(grace)->holds(Role::support));
}

TEST_CASE("when the list of all groups is too large each is read by itself, for an hour", "[slack]")
{
    Workspace slack;
    slack.too_large = true;
    slack.refresh();
    CHECK(slack.cached(ada)->holds(Role::approver));
    slack.clock.advance(1min);
    slack.refresh();
    CHECK(slack.calls_of("usergroups.list") == 1);
    CHECK(slack.calls_of("usergroups.users.list") == 4);
    slack.too_large = false;
    slack.clock.advance(1h);
    slack.refresh();
    CHECK(slack.calls_of("usergroups.list") == 2);
    CHECK(slack.calls_of("usergroups.users.list") == 4);
}

TEST_CASE("a group that another company keeps has no members", "[slack]")
{
    Workspace slack;
    slack.other_fields = R"(,"is_external":true)";
    slack.refresh();
    CHECK(slack.cached(ada)->roles.empty());
    CHECK(slack.cached(grace)->roles.empty());
    CHECK(slack.fetch(ada)->roles.empty());
}

TEST_CASE("one person whom Slack cannot answer for stops nobody else, and is left alone for a while", "[slack]")
{
    Workspace slack;
    slack.silent_people = {"U1"};
    slack.refresh();
    CHECK(slack.is_unavailable(grace));
    CHECK(slack.cached(ada)->holds(Role::approver));
    CHECK(slack.cached(SlackUserId{"U5"})->holds(Role::support));
    const long before = slack.asked_for_people();
    slack.clock.advance(59s);
    slack.refresh();
    CHECK(slack.asked_for_people() == before);
    slack.clock.advance(1s);
    slack.refresh();
    CHECK(slack.asked_for_people() == before + 1);
    slack.clock.advance(1min);  // two minutes by now; somebody else shows that Slack answers
    slack.refresh();
    CHECK(slack.asked_for_people() == before + 2);
    CHECK(slack.client.sent.back().body == "user=U2");
    // Whoever presses is asked for all the same.
    slack.silent_people.clear();
    CHECK(slack.learn("U1").has_value());
    CHECK(slack.cached(grace)->holds(Role::support));
}

TEST_CASE("a refresh asks first for those who decide, then for those who pressed lately", "[slack]")
{
    Workspace slack;
    slack.groups["S1"].clear();
    for (int i = 100; i < 400; ++i) slack.groups["S1"].push_back("U" + std::to_string(i));
    slack.groups["S2"] = {"U900", "U901"};
    slack.people_failing = 429;
    CHECK_FALSE(slack.learn("U399", 1s).has_value());
    slack.people_failing = 0;
    slack.client.sent.clear();
    slack.clock.advance(1min);
    slack.refresh();
    std::vector<std::string> asked;
    for (const auto& request : slack.client.sent)
        if (request.url.ends_with("users.info")) asked.push_back(request.body.substr(request.body.find('=') + 1));
    REQUIRE(asked.size() == 50);
    CHECK(
        std::vector<std::string>{asked.begin(), asked.begin() + 4} ==
        std::vector<std::string>{"U900", "U901", "U399", "U100"});
}

TEST_CASE("who presses is made known at once, ahead of all others", "[slack]")
{
    Workspace slack;
    slack.groups["S1"].clear();
    for (int i = 100; i < 400; ++i) slack.groups["S1"].push_back("U" + std::to_string(i));
    slack.refresh();
    REQUIRE(slack.is_unavailable(SlackUserId{"U399"}));
    const long before = slack.asked_for_people();
    const TimePoint begin = slack.clock.now();
    CHECK(slack.learn("U399").has_value());
    CHECK(slack.cached(SlackUserId{"U399"})->holds(Role::support));
    CHECK(slack.asked_for_people() == before + 1);
    CHECK(slack.clock.now() == begin);
    CHECK(slack.learn("U399").has_value());  // known by now
    CHECK(slack.asked_for_people() == before + 1);
}

TEST_CASE("before anything is known a press brings the groups, then its author", "[slack]")
{
    Workspace slack;
    CHECK(slack.learn("U1").has_value());
    CHECK(slack.cached(grace)->holds(Role::support));
    CHECK(slack.calls_of("usergroups.list") == 1);
    CHECK(slack.asked_for_people() == 1);
}

TEST_CASE("nobody without a role is asked for, outside an organization", "[slack]")
{
    Workspace slack;
    slack.refresh();
    const auto before = slack.client.sent.size();
    for (int i = 1000; i < 1100; ++i) CHECK(slack.learn("U" + std::to_string(i)).has_value());
    CHECK(slack.client.sent.size() == before);
}

TEST_CASE("patience is not exceeded, and Slack is asked again until it is over", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.groups["S1"].push_back("U3");
    slack.people_failing = 500;
    slack.clock.advance(1min);
    slack.refresh();
    const long before = slack.asked_for_people();
    const TimePoint begin = slack.clock.now();
    const auto never = slack.learn("U3", 5s);
    REQUIRE_FALSE(never.has_value());
    CHECK(never.error().code == Errc::unavailable);
    CHECK(slack.clock.now() == begin + 5s);
    CHECK(slack.asked_for_people() - before >= 4);
    const auto at_once = slack.learn("U3", 0s);
    CHECK_FALSE(at_once.has_value());
    CHECK(slack.clock.now() == begin + 5s);

    // What a rate limit says is waited for.
    slack.people_failing = 429;
    const long asked = slack.asked_for_people();
    CHECK_FALSE(slack.learn("U3", 4s).has_value());
    CHECK(slack.asked_for_people() == asked + 1);
    slack.people_failing = 0;
    CHECK(slack.learn("U3", 10s).has_value());
    CHECK(slack.cached(SlackUserId{"U3"})->holds(Role::support));
}

TEST_CASE("news of a group are followed within seconds, many of them by one call", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.clock.advance(10s);
    slack.groups["S2"] = {"U1"};
    for (int i = 0; i < 50; ++i) slack.directory.heed(DirectoryNews::groups_changed, std::nullopt);
    const long before = slack.calls_of("usergroups.list");
    REQUIRE(slack.learn("U9").has_value());
    slack.context.poll();
    slack.clock.advance(2s);
    slack.context.restart();
    slack.context.poll();
    CHECK(slack.calls_of("usergroups.list") == before + 1);
    CHECK(slack.cached(grace)->holds(Role::approver));
    CHECK(slack.cached(ada)->roles.empty());
}

TEST_CASE("news of groups have the approvals channel looked at, and nobody asks who knows already", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.clock.advance(10s);
    slack.channel = R"("is_ext_shared":true)";
    const long groups = slack.calls_of("usergroups.list"), channels = slack.calls_of("conversations.info");
    slack.directory.heed(DirectoryNews::groups_changed, std::nullopt);
    const bool asks_meanwhile = GENERATE(false, true);
    slack.context.restart();
    slack.context.poll();
    if (asks_meanwhile) REQUIRE(slack.fetch(ada).has_value());
    slack.clock.advance(2s);
    slack.context.restart();
    slack.context.poll();
    CHECK(slack.directory.approvals_channel() == ChannelSafety::shared_outside);
    CHECK(slack.calls_of("usergroups.list") == groups + 1);
    CHECK(slack.calls_of("conversations.info") == channels + 1);
}

TEST_CASE("however much Slack tells of groups, they are read ten times a minute at most", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.clock.advance(10s);
    const long before = slack.calls_of("usergroups.list");
    for (int i = 0; i < 600; ++i)
    {
        slack.directory.heed(DirectoryNews::groups_changed, std::nullopt);
        slack.context.restart();
        slack.context.poll();
        slack.clock.advance(100ms);
    }
    CHECK(slack.calls_of("usergroups.list") - before <= 10);
    CHECK(slack.calls_of("usergroups.list") - before >= 9);
}

TEST_CASE("news of a person with a role are followed, those of others are not", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.clock.advance(10s);
    slack.people["U2"] = R"(,"deleted":true)";
    const long before = slack.asked_for_people();
    slack.directory.heed(DirectoryNews::person_changed, SlackUserId{"U77"});
    slack.directory.heed(DirectoryNews::person_changed, ada);
    slack.directory.heed(DirectoryNews::person_changed, ada);
    for (int i = 0; i < 2; ++i)
    {
        slack.context.restart();
        slack.context.poll();
        slack.clock.advance(2s);
    }
    slack.context.restart();
    slack.context.poll();
    CHECK(slack.asked_for_people() == before + 1);
    CHECK(slack.cached(ada)->status == MemberStatus::deactivated);
}

TEST_CASE("access is lost when Slack says so, until a call shows that it is not", "[slack]")
{
    Workspace slack;
    slack.refresh();
    slack.directory.heed(DirectoryNews::access_lost, std::nullopt);
    CHECK(slack.directory.access_is_lost());
    slack.refresh();
    CHECK_FALSE(slack.directory.access_is_lost());
}

// --- an Enterprise organization

namespace {

// U2 of the approvers is W2 in the organization.
std::string dual(const std::string& id) { return R"(,"enterprise_user":{"id":")" + id + R"(","teams":["T1"]})"; }

}  // namespace

TEST_CASE("a role is held under whichever id the group lists", "[slack]")
{
    Workspace slack;
    slack.people["U2"] = dual("W2");
    slack.people["W2"] = dual("W2");
    slack.people["U1"] = dual("U1");
    slack.people["U5"] = dual("U5");
    SECTION("the group lists the local id")
    {
        slack.refresh();
        CHECK(slack.learn("W2", 2s, true).has_value());
        CHECK(slack.cached(SlackUserId{"W2"})->holds(Role::approver));
        CHECK(slack.fetch(SlackUserId{"W2"})->holds(Role::approver));
    }
    SECTION("the group lists the organization's id")
    {
        slack.groups["S2"] = {"W2"};
        slack.refresh();
        CHECK(slack.learn("U2", 2s, true).has_value());
        CHECK(slack.cached(ada)->holds(Role::approver));
        CHECK(slack.fetch(ada)->holds(Role::approver));
    }
    CHECK(slack.directory.identity(ada) == SlackUserId{"W2"});
    CHECK(slack.directory.identity(SlackUserId{"W2"}) == SlackUserId{"W2"});
}

TEST_CASE("in an organization everybody is asked for before their rights are known, within bounds", "[slack]")
{
    Workspace slack;
    slack.people["U1"] = dual("U1");
    slack.refresh();
    CHECK(slack.is_unavailable(SlackUserId{"U1000"}));
    for (int i = 1000; i < 1030; ++i) CHECK(slack.learn("U" + std::to_string(i), 1s, true).has_value());
    const long before = slack.asked_for_people();
    CHECK_FALSE(slack.learn("U2000", 1s, true).has_value());  // the thirty-first in a minute waits
    CHECK(slack.asked_for_people() == before);
    CHECK(slack.learn("U2000", 2min, true).has_value());
    CHECK(slack.cached(SlackUserId{"U2000"})->roles.empty());
    CHECK(slack.learn("U1000", 1s, true).has_value());  // whose id it is does not change
}

TEST_CASE("that nobody holds a role is no answer while they may hold it under another id", "[slack]")
{
    Workspace slack;
    slack.groups["S2"] = {"U2", "U3"};
    slack.people["U2"] = dual("U2");
    slack.people["W3"] = dual("W3");
    slack.people["U3"] = dual("W3");
    const auto asked = slack.fetch(SlackUserId{"W3"}, {Role::approver});
    REQUIRE_FALSE(asked.has_value());
    CHECK(asked.error().reason == "identities_unknown");
    slack.refresh();
    CHECK(slack.fetch(SlackUserId{"W3"}, {Role::approver})->holds(Role::approver));
    CHECK_FALSE(slack.fetch(SlackUserId{"U9"}, {Role::approver})->holds(Role::approver));
}

TEST_CASE("of two ids of one person the worse standing is believed", "[slack]")
{
    Acquaintances people;
    const SteadyTime now{std::chrono::hours{1}};
    PersonFacts facts;
    facts.status = MemberStatus::member;
    facts.identity = SlackUserId{"W2"};
    people.meet(SlackUserId{"W2"}, facts, now);
    CHECK_FALSE(people.cached(ada, now).has_value());
    facts.status = MemberStatus::deactivated;
    people.meet(ada, facts, now);
    CHECK(people.cached(SlackUserId{"W2"}, now)->status == MemberStatus::deactivated);
    CHECK(people.cached(ada, now)->status == MemberStatus::deactivated);
    CHECK(people.ids_of(ada) == std::set<SlackUserId>{ada, SlackUserId{"W2"}});
}
