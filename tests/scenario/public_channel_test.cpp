#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::slack::ChannelKind;

// From a card whoever reads it can derive a password of the standard format.
namespace {

std::string readyz(World& world)
{
    const auto response = world.knock({"GET", "/readyz", {{"host", "bot.test"}}, {}});
    return response ? response->body : "no answer";
}

void make_public(World& world) { world.slack.channel(cast::approvals).kind = ChannelKind::open; }

World public_world(
    std::uint64_t seed, std::function<void(Config&)> adjust = [](Config&) {})
{
    return World{seed, std::move(adjust), *from_iso8601("2026-11-23T09:00:00.000Z"), make_public};
}

}  // namespace

TEST_CASE("nothing is decided in an approvals channel that everybody in the workspace reads", "[scenario][rights]")
{
    World world{1910};
    REQUIRE(world.ask_and_wait());
    make_public(world);
    world.run_for(11min);  // until it was looked at again
    CHECK(has(readyz(world), "approvals_channel_public"));
    world.approve(cast::lead);
    world.press(cast::lead, "request.deny");
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "Tell your operator to make it private"));
    CHECK(world.password_changes() == 0);

    world.slack.channel(cast::approvals).kind = ChannelKind::closed;
    world.run_for(61s);  // once it is wrong, at every refresh
    CHECK(readyz(world) == R"({"ok":true})");
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "a public approvals channel serves where that is allowed, or where no password can be derived",
    "[scenario][rights]")
{
    World world = public_world(
        1911,
        GENERATE(
            as<void (*)(Config&)>{}, [](Config& config) { config.requests.approval.public_channel = true; },
            [](Config& config) { config.requests.password.format = PasswordFormat::passphrase; }));
    CHECK(readyz(world) == R"({"ok":true})");
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("one tier with the standard format is enough for a public channel to be refused", "[scenario][rights]")
{
    World world = public_world(1912, [](Config& config) {
        config.requests.password.format = PasswordFormat::passphrase;
        Tier tier;
        tier.name = "partners";
        tier.domains = {"partner.example"};
        tier.format = PasswordFormat::sop;
        config.requests.tiers = {tier};
    });
    CHECK(has(readyz(world), "approvals_channel_public"));
}
