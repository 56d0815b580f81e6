#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>

// People who press or type before the bot knows who they are: in large groups, and while Slack is slow or limits calls.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;
using standins::Fault;
using standins::PlannedFault;

namespace {

const TimePoint monday = *from_iso8601("2026-11-23T09:00:00.000Z");

std::string person(int number) { return "U1" + std::to_string(100'000 + number); }

int calls_of(const World& world, const std::string& method)
{
    const auto& log = world.network.log();
    return static_cast<int>(std::count(log.begin(), log.end(), "POST /api/" + method));
}

// 5,000 people in 20 groups, all of which may ask, at Slack's limits.
struct LargeWorkspace
{
    static constexpr int groups = 20;
    static constexpr int people_in_group = 250;

    explicit LargeWorkspace(std::uint64_t seed)
        : world{
              seed,
              [](Config& config) {
                  for (int i = 0; i < groups; ++i) config.slack.support.groups.emplace_back("S1" + std::to_string(i));
              },
              monday,
              [](World& unborn) {
                  unborn.slack.options().rates.enforced = true;
                  auto& desk = unborn.slack.channel(cast::desk);
                  for (int group = 0; group < groups; ++group)
                  {
                      std::vector<std::string> members;
                      for (int i = 0; i < people_in_group; ++i)
                      {
                          const std::string id = person(group * people_in_group + i);
                          unborn.slack.add_user(
                              {id, id, id, id + "@staff.example", standins::slack::Standing::member, {}, false});
                          members.push_back(id);
                          desk.members.push_back(id);
                      }
                      const std::string id = "S1" + std::to_string(group);
                      unborn.slack.add_group({id, id, members, false, false});
                  }
              }}
    {}

    World world;
};

// Slack does not say who anybody is, for as long as nothing else is planned; what was known is too old by then.
void forget(World& world)
{
    world.slack.faults().add("usergroups.list", PlannedFault{Fault::error_before, 0, 1}, 1'000'000);
    world.slack.faults().add("users.info", PlannedFault{Fault::error_before, 0, 1}, 1'000'000);
    world.run_for(21min);
}

}  // namespace

TEST_CASE("with 5,000 people in 20 groups whoever presses is served within two seconds", "[scenario][presses]")
{
    LargeWorkspace workspace{1600};
    World& world = workspace.world;
    // The last ones, whom no refresh has come to.
    for (int i = 0; i < 5; ++i)
    {
        const TimePoint begin = world.time.now();
        const auto answer =
            world.deliver(world.slack.command(person(4'999 - i), cast::desk, "/password-help", "", to_unix_ms(begin)));
        CHECK(has(answer.body, "You can ask"));
        CHECK(world.time.now() - begin < 2s);
        world.run_for(2s);
    }
    CHECK(calls_of(world, "usergroups.users.list") == 0);
}

TEST_CASE("each minute fifty people whom nobody has asked for are served within two seconds", "[scenario][presses]")
{
    LargeWorkspace workspace{1601};
    World& world = workspace.world;
    int served = 0, waited = 0;
    for (int minute = 0, next = 4'999; minute < 5; ++minute)
        for (int i = 0; i < 50; ++i)
        {
            const TimePoint begin = world.time.now();
            const auto answer =
                world.deliver(world.slack.command(person(next--), cast::desk, "/password-help", "", to_unix_ms(begin)));
            const bool is_quick = has(answer.body, "You can ask") && world.time.now() - begin < 2s;
            ++(is_quick ? served : waited);
            world.run_for(std::max(Milliseconds{0}, begin + 1'200ms - world.time.now()));
        }
    CHECK(served == 250);
    CHECK(waited == 0);
}

TEST_CASE("more presses than Slack answers for wait, say so, and are served", "[scenario][presses]")
{
    LargeWorkspace workspace{1602};
    World& world = workspace.world;
    constexpr int presses = 150;
    int waited = 0;
    for (int i = 0; i < presses; ++i)
    {
        const auto answer = world.deliver(
            world.slack.command(person(4'999 - i), cast::desk, "/password-help", "", to_unix_ms(world.time.now())));
        REQUIRE(answer.status == 200);
        const bool waits = has(answer.body, "I go on as soon as it does");
        CHECK((waits || has(answer.body, "You can ask")));
        waited += waits ? 1 : 0;
        world.run_for(200ms);
    }
    CHECK(waited > 0);
    world.run_for(3min);
    for (int i = 0; i < presses; ++i) CHECK(has(world.private_line(person(4'999 - i), cast::desk), "You can ask"));
}

TEST_CASE("readiness does not wait for all people", "[scenario][presses]")
{
    LargeWorkspace workspace{1603};
    World& world = workspace.world;
    CHECK(world.time.now() - monday < 30s);
    const auto ready = world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}});
    REQUIRE(ready);
    CHECK(ready->status == 200);
}

TEST_CASE("leads are known first, so that they are served at once", "[scenario][presses]")
{
    LargeWorkspace workspace{1604};
    World& world = workspace.world;
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    CHECK(world.time.now() - monday < 1min);
    world.slack.faults().add("users.info", PlannedFault{Fault::error_before, 0, 1}, 1'000'000);
    world.press(cast::lead, "request.details");
    REQUIRE(world.wait_for_modal(cast::lead));
    CHECK(has(world.modal(cast::lead), World::customer_email));
}

TEST_CASE("a command that could not be judged goes on by itself once Slack answers", "[scenario][presses]")
{
    World world{1605};
    forget(world);
    const auto answer = world.ask(cast::agent, World::customer_email);
    CHECK(answer.status == 200);
    CHECK(has(answer.body, "One moment: Slack has not told me yet who you are"));
    world.run_for(20s);
    CHECK(world.requests().empty());
    world.slack.faults().clear();
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(world.request().requester == SlackUserId{cast::agent});
    world.run_for(5s);
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a press that could not be judged decides once Slack answers, and only once", "[scenario][presses]")
{
    World world{1606};
    REQUIRE(world.ask_and_wait());
    forget(world);
    const auto press = world.slack.click(
        cast::lead, cast::approvals, world.slack.messages(cast::approvals).back().ts, "request.approve",
        to_unix_ms(world.time.now()));
    CHECK(world.deliver(press).status == 200);
    CHECK(world.knock(press.request)->status == 401);  // a byte-identical copy
    world.run_for(20s);
    CHECK(world.request().state == State::pending);
    CHECK(world.request().claims.size() == 1);
    world.slack.faults().clear();
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.audit_rows("approval_claimed") == 1);
    CHECK(world.audit_rows("request_approved") == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what opens a window opens one at once, and fills it when Slack has said who presses", "[scenario][presses]")
{
    World world{1607};
    REQUIRE(world.ask_and_wait());
    forget(world);
    SECTION("Details")
    {
        CHECK(world.press(cast::lead, "request.details").status == 200);
        REQUIRE(world.wait_for_modal(cast::lead));
        CHECK(has(world.modal(cast::lead), "I am asking Slack who you are"));
        world.run_for(20s);
        world.slack.faults().clear();
        CHECK(world.run_until([&] { return has(world.modal(cast::lead), World::customer_email); }, 10s));
        CHECK(world.slack.modals(cast::lead).size() == 1);
    }
    SECTION("Deny")
    {
        CHECK(world.press(cast::lead, "request.deny").status == 200);
        REQUIRE(world.wait_for_modal(cast::lead));
        world.slack.faults().clear();
        REQUIRE(world.run_until([&] { return has(world.modal(cast::lead), "request.deny_form"); }, 10s));
        world.submit(cast::lead, {{"reason", "the caller was not verified"}});
        REQUIRE(world.settle());
        CHECK(world.request().state == State::denied);
    }
    SECTION("the shortcut")
    {
        world.deliver(world.slack.shortcut(cast::agent, "reset_password", to_unix_ms(world.time.now())));
        REQUIRE(world.wait_for_modal(cast::agent));
        world.slack.faults().clear();
        REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), "request.form"); }, 10s));
        world.submit(cast::agent, {{"email", World::customer_email}});
        CHECK(world.requests().size() == 2);
    }
    SECTION("a person who may not")
    {
        world.press(cast::nobody, "request.details");
        REQUIRE(world.wait_for_modal(cast::nobody));
        world.slack.faults().clear();
        REQUIRE(world.run_until([&] { return has(world.modal(cast::nobody), "message that only you can see"); }, 10s));
        world.run_for(5s);
        CHECK(has(world.private_line(cast::nobody, cast::approvals), "Nothing was shown"));
    }
    SECTION("Slack never says")
    {
        world.press(cast::lead, "request.details");
        REQUIRE(world.wait_for_modal(cast::lead));
        CHECK(world.run_until([&] { return has(world.modal(cast::lead), "Nothing was done"); }, 2min));
        CHECK_FALSE(has(world.modal(cast::lead), World::customer_email));
    }
}

TEST_CASE("a slow Slack keeps nobody from a window", "[scenario][presses]")
{
    World world{1608};
    REQUIRE(world.ask_and_wait());
    forget(world);
    world.slack.faults().clear();
    world.slack.faults().add("usergroups.list", PlannedFault{Fault::delay, 5'000, 1}, 1'000);
    world.slack.faults().add("users.info", PlannedFault{Fault::delay, 5'000, 1}, 1'000);
    const TimePoint begin = world.time.now();
    CHECK(world.press(cast::lead, "request.details").status == 200);
    REQUIRE(world.wait_for_modal(cast::lead));
    CHECK(world.time.now() - begin < 1s);
    CHECK(world.run_until([&] { return has(world.modal(cast::lead), World::customer_email); }, 20s));
}

TEST_CASE("of many who wait those above the bound are told that nothing was done", "[scenario][presses]")
{
    World world{1609};
    forget(world);
    int waiting = 0;
    for (int i = 0; i < 70; ++i)
    {
        const auto answer = world.ask(cast::agent, "ada" + std::to_string(i) + "@acme.example");
        CHECK(answer.status == 200);
        waiting += has(answer.body, "One moment") ? 1 : 0;
        if (world.time.now() > monday + 22min + 40s) break;
    }
    CHECK(waiting > 0);
    world.run_for(3min);
    CHECK(world.requests().empty());
    CHECK(has(world.private_line(cast::agent, cast::desk), "Nothing was done"));
    CHECK(world.alive());
}

TEST_CASE("after a restart those whom the ledger has seen lately are asked for first", "[scenario][presses]")
{
    LargeWorkspace workspace{1610};
    World& world = workspace.world;
    const std::string late = person(4'999);
    world.deliver(world.slack.open_home(late, to_unix_ms(world.time.now())));
    world.run_for(5s);
    world.crash();
    world.run_for(2min);
    std::size_t from = world.slack.calls().size();
    world.start();
    world.run_for(5s);
    bool was_asked_for = false;
    for (; from < world.slack.calls().size(); ++from)
        was_asked_for = was_asked_for ||
            (world.slack.calls()[from].method == "users.info" &&
             has(json::serialize(world.slack.calls()[from].args), late));
    CHECK(was_asked_for);
}
