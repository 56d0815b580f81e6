#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

std::string home_of(World& world, const std::string& user)
{
    const auto view = world.slack.home(user);
    return view ? json::serialize(view->content) : std::string{};
}

int open_home(World& world, const std::string& user)
{
    const int status = world.deliver(world.slack.open_home(user, to_unix_ms(world.time.now()))).status;
    world.run_for(3s);
    return status;
}

}  // namespace

TEST_CASE("the Home follows a request from both sides without being opened again", "[scenario][home]")
{
    World world{701};
    CHECK(open_home(world, cast::agent) == 200);
    CHECK(open_home(world, cast::lead) == 200);
    CHECK(has(home_of(world, cast::agent), "You have asked for nothing yet."));
    CHECK(has(home_of(world, cast::lead), "Nothing waits."));
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    CHECK(has(home_of(world, cast::agent), "*Waiting*"));
    CHECK(has(home_of(world, cast::lead), World::customer_email));
    world.approve(cast::lead);
    world.run_for(1min);
    CHECK(has(home_of(world, cast::agent), "*Done*"));
    CHECK(has(home_of(world, cast::lead), "Nothing waits."));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the second group sees in the Home what was passed on to it, and only that", "[scenario][home]")
{
    World world{721, [](Config& config) { config.requests.approval.escalate_after = 1h; }};
    open_home(world, cast::manager);
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    CHECK_FALSE(has(home_of(world, cast::manager), World::customer_email));
    world.run_for(61min);
    CHECK(has(home_of(world, cast::manager), World::customer_email));
    world.approve(cast::manager);
    world.run_for(1min);
    CHECK_FALSE(has(home_of(world, cast::manager), World::customer_email));
}

TEST_CASE("who reviews sees of an account in the details no more than in the Home", "[scenario][home]")
{
    World world{722};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.settle());
    open_home(world, cast::auditor);
    const auto place = standins::slack::Place::home;
    world.deliver(world.slack.click_in_view(cast::auditor, place, "request.details", to_unix_ms(world.time.now())));
    REQUIRE(world.wait_for_modal(cast::auditor));
    CHECK_FALSE(has(world.modal(cast::auditor), World::customer_email));
    open_home(world, cast::agent);
    world.deliver(world.slack.click_in_view(cast::agent, place, "request.details", to_unix_ms(world.time.now())));
    REQUIRE(world.wait_for_modal(cast::agent));
    CHECK(has(world.modal(cast::agent), World::customer_email));
}

TEST_CASE("a window that does not open is no silence, wherever the button was", "[scenario][home]")
{
    World world{723};
    REQUIRE(world.ask_and_wait());
    open_home(world, cast::agent);
    standins::PlannedFault refused;
    refused.fault = standins::Fault::rate_limit;
    world.slack.faults().add("views.open", refused, standins::FaultPlan::until_cleared);

    world.press(cast::lead, "request.details");
    world.run_for(10s);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "The window did not open"));
    world.ask(cast::agent, "");
    world.run_for(10s);
    CHECK(has(world.private_line(cast::agent, cast::desk), "The window did not open"));
    const auto place = standins::slack::Place::home;
    world.deliver(world.slack.click_in_view(cast::agent, place, "home.new", to_unix_ms(world.time.now())));
    world.run_for(10s);
    CHECK(has(world.dm(cast::agent), "The window did not open"));
    CHECK(world.requests().size() == 1);
}

TEST_CASE("a request can be cancelled from the Home, by the one who asked", "[scenario][home]")
{
    World world{702};
    open_home(world, cast::agent);
    REQUIRE(world.ask_and_wait());
    world.run_for(5s);
    const auto click = world.slack.click_in_view(
        cast::agent, standins::slack::Place::home, "request.cancel", to_unix_ms(world.time.now()));
    CHECK(world.deliver(click).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::cancelled);
    CHECK(world.password_changes() == 0);
}

TEST_CASE("people without rights get a Home that says so and holds nothing", "[scenario][home]")
{
    World world{703};
    REQUIRE(world.ask_and_wait());
    for (const std::string& user : {cast::nobody, cast::guest})
    {
        open_home(world, user);
        const std::string home = home_of(world, user);
        CHECK(has(home, user == cast::guest ? "You cannot use Countersign." : "none of the user groups"));
        CHECK_FALSE(has(home, World::customer_email));
        CHECK_FALSE(has(home, "home.new"));
    }
}

TEST_CASE("an unchanged Home is not published again", "[scenario][home]")
{
    World world{704};
    open_home(world, cast::auditor);
    const auto published = [&] {
        int count = 0;
        for (const auto& call : world.slack.calls()) count += call.method == "views.publish" ? 1 : 0;
        return count;
    };
    const int before = published();
    REQUIRE(world.ask_and_wait());
    world.run_for(10s);
    CHECK(published() == before);
}

TEST_CASE("while the approvals channel is shared with another company nothing is decided in it", "[scenario][home]")
{
    World world{705};
    REQUIRE(world.ask_and_wait());
    world.slack.channel(cast::approvals).is_ext_shared = true;
    world.run_for(11min);
    world.approve(cast::lead);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "shared with people of another company"));
    CHECK(world.password_changes() == 0);
    world.slack.channel(cast::approvals).is_ext_shared = false;
    world.run_for(2min);
    world.approve(cast::lead);
    world.run_for(1min);
    CHECK(world.request().state == State::changed);
}

TEST_CASE("the help answers everybody and stores nothing", "[scenario][home]")
{
    World world{706};
    const auto answer = world.deliver(
        world.slack.command(cast::nobody, cast::desk, "/password-help", "", to_unix_ms(world.time.now())));
    CHECK(answer.status == 200);
    CHECK(has(answer.body, "none of the user groups"));
    CHECK(has(answer.body, "How it goes"));
    CHECK(world.requests().empty());
}
