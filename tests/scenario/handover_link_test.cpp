#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

bool expire(World& world)
{
    return reset_and_wait(world) && world.run_until([&] { return has(world.dm(cast::agent), "handover.link"); }, 20min);
}

}  // namespace

TEST_CASE("a password that nobody asked for can become a link for the owner, approved anew", "[scenario][handover]")
{
    World world{480};
    REQUIRE(expire(world));
    CHECK(world.press_in_dm(cast::agent, "handover.link").status == 200);
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), "A team lead is asked"); }, 1min));
    REQUIRE(world.requests().size() == 2);
    CHECK(world.request().state == State::pending);
    CHECK(world.request().format == PasswordFormat::link);
    const int changes = world.password_changes();
    REQUIRE(world.run_until([&] { return world.cards() == 2; }, 10s));

    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "Show link once"); }, 2min));
    CHECK(world.password_changes() == changes);
    REQUIRE(world.settle(2h));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("nobody else, and nobody too early, can ask for that link", "[scenario][handover]")
{
    World world{481};
    REQUIRE(reset_and_wait(world));
    const auto message = world.posted_to(cast::agent).back();
    const auto press = [&](const std::string& user) {
        const auto now = to_unix_ms(world.time.now());
        return world.slack.click(user, message.channel, message.ts, "handover.link", now);
    };
    CHECK_THROWS_AS(press(cast::agent), standins::slack::CannotAct);
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "handover.link"); }, 20min));
    auto stolen = press(cast::agent);
    std::string body = stolen.request.body;
    for (std::size_t at = body.find(cast::agent); at != std::string::npos; at = body.find(cast::agent))
        body.replace(at, cast::agent.size(), "U0LEAD2");
    stolen.request = standins::slack::signed_request(
        world.slack.options(), stolen.request.target, "application/x-www-form-urlencoded", body,
        to_unix_ms(world.time.now()), standins::slack::Forgery::none);
    CHECK(world.deliver(stolen).status == 200);
    world.run_for(10s);
    CHECK(world.requests().size() == 1);
    CHECK(world.audit_rows("request_not_allowed") == 1);
}

TEST_CASE("nobody asks for a link to what turns out to be their own account", "[scenario][handover]")
{
    World world{482};
    REQUIRE(expire(world));
    world.slack.add_user(
        {cast::agent, "agent", "agent", World::customer_email, standins::slack::Standing::member, {}, false});
    world.run_for(30min);  // until the profile was read again
    CHECK(world.press_in_dm(cast::agent, "handover.link").status == 200);
    REQUIRE(world.run_until([&] { return has(world.modal(cast::agent), "nobody asks for their own account"); }, 10s));
    CHECK(world.requests().size() == 1);
    CHECK(world.audit_rows("request_not_allowed") == 1);
}
