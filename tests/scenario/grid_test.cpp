#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

// An Enterprise organization: members at home elsewhere, and people with two ids.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

const TimePoint monday = *from_iso8601("2026-11-23T09:00:00.000Z");
const std::string home = "T0HOMEWS99";

void join_channels(World& world, const std::string& user)
{
    for (const std::string& id : {cast::approvals, cast::audit, cast::desk})
        world.slack.channel(id).members.push_back(user);
}

// The workspace belongs to an organization; `prepare` says who its people are.
struct Organization
{
    explicit Organization(std::uint64_t seed, const std::function<void(World&)>& prepare)
        : world{
              seed, [](Config&) {}, monday,
              [&prepare](World& unborn) {
                  unborn.slack.options().enterprise_id = "E0ORG00001";
                  unborn.slack.options().enterprise_name = "Acme";
                  prepare(unborn);
              }}
    {}

    World world;
};

// One person, `local` here and `global` in the organization.
void give_two_ids(World& world, const std::string& local, const std::string& global)
{
    if (world.slack.state().find_user(local) == nullptr)
        world.slack.add_user(
            {local, local, local, local + "@staff.example", standins::slack::Standing::member, {}, false});
    standins::slack::User user = *world.slack.state().find_user(local);
    user.organization_id = global;
    world.slack.add_user(user);
    user.id = global;
    world.slack.add_user(user);
    join_channels(world, global);
}

}  // namespace

TEST_CASE("members at home in another workspace ask, approve and are shown the password", "[scenario][grid]")
{
    Organization organization{1500, [](World& world) {
                                  world.slack.user(cast::agent).team_id = home;
                                  world.slack.user(cast::lead).team_id = home;
                              }};
    World& world = organization.world;
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.press(cast::lead, "request.details");
    REQUIRE(world.wait_for_modal(cast::lead));
    CHECK(has(world.modal(cast::lead), World::customer_email));
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.dms(cast::agent) > 0 && world.password_changes() == 1; }, 10min));
    world.run_for(1min);
    world.press_in_dm(cast::agent, "handover.show");
    CHECK(world.run_until([&] { return has(world.modal(cast::agent), World::customer_password); }, 10s));
}

TEST_CASE("a member at home elsewhere denies, cancels, freezes and releases", "[scenario][grid]")
{
    Organization organization{1501, [](World& world) {
                                  for (const std::string& user : {cast::agent, cast::lead, cast::other_lead})
                                      world.slack.user(user).team_id = home;
                              }};
    World& world = organization.world;
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    world.deny(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::denied);
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    CHECK(world.ledger().reads().freeze().freeze);
    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    world.press_in_channel(cast::other_lead, "freeze.release");
    CHECK(world.run_until([&] { return !world.ledger().reads().freeze().freeze; }, 1min));
}

TEST_CASE("one person under two ids does not approve what they asked for", "[scenario][grid]")
{
    const bool asks_locally = GENERATE(true, false);
    const std::string local = "U0DUAL0001", global = "W0DUAL0001";
    Organization organization{1502, [&](World& world) {
                                  give_two_ids(world, local, global);
                                  join_channels(world, local);
                                  const std::string& asks = asks_locally ? local : global;
                                  const std::string& decides = asks_locally ? global : local;
                                  world.slack.group("S0SUPPORT").users.push_back(asks);
                                  world.slack.group("S0LEADS").users.push_back(decides);
                              }};
    World& world = organization.world;
    world.ask(asks_locally ? local : global, World::customer_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.run_for(5s);
    world.approve(asks_locally ? global : local);
    world.run_for(10s);
    CHECK(world.request().requester == SlackUserId{global});
    CHECK(world.request().state == State::pending);
    CHECK(has(json::serialize(world.slack.snapshot(asks_locally ? global : local)), "own request"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a role is held under either id", "[scenario][grid]")
{
    const bool lists_global = GENERATE(true, false);
    const std::string local = "U0AGENT001", global = "W0AGENT001";
    Organization organization{1503, [&](World& world) {
                                  give_two_ids(world, local, global);
                                  join_channels(world, local);
                                  world.slack.group("S0SUPPORT").users.push_back(lists_global ? global : local);
                              }};
    World& world = organization.world;
    const auto answer = world.ask(lists_global ? local : global, World::customer_email);
    CHECK(has(answer.body, "Looking up"));
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().requester == SlackUserId{global});
}

TEST_CASE("one person under two ids releases a freeze once", "[scenario][grid][freeze]")
{
    const std::string local = "U0DUAL0001", global = "W0DUAL0001";
    Organization organization{1504, [&](World& world) {
                                  give_two_ids(world, local, global);
                                  join_channels(world, local);
                                  world.slack.group("S0LEADS").users.push_back(local);
                                  world.slack.group("S0LEADS").users.push_back(global);
                              }};
    World& world = organization.world;
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    world.press_in_channel(local, "freeze.release");
    world.run_for(10s);
    world.press_in_channel(global, "freeze.release");
    world.run_for(1min);
    REQUIRE(world.ledger().reads().freeze().freeze);
    CHECK(world.ledger().reads().freeze().freeze->releases.size() == 1);
}

TEST_CASE("a request of before, under the local id, is not approved under the other", "[scenario][grid]")
{
    const std::string local = "U0DUAL0001", global = "W0DUAL0001";
    Organization organization{1505, [&](World& world) {
                                  give_two_ids(world, local, global);
                                  join_channels(world, local);
                                  world.slack.group("S0SUPPORT").users.push_back(local);
                                  world.slack.group("S0LEADS").users.push_back(global);
                              }};
    World& world = organization.world;
    world.ask(local, World::customer_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.run_for(5s);
    Request old = world.request();
    old.requester = SlackUserId{local};
    Transaction change{world.time.now()};
    change.update = std::move(old);
    REQUIRE(world.ledger().engine().apply({&change, 1}).front().has_value());
    world.approve(global);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(world.password_changes() == 0);
}
