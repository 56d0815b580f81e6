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

const std::string database = "Username-Password-Authentication";

bool opens_by_shortcut(World& world, const std::string& user)
{
    world.deliver(world.slack.shortcut(user, "reset_password", to_unix_ms(world.time.now())));
    return world.wait_for_modal(user);
}

bool waits_for(World& world, State state)
{
    return world.run_until([&] { return !world.requests().empty() && world.request().state == state; }, 1min);
}

bool modal_says(World& world, const std::string& user, const std::string& words)
{
    return world.run_until([&] { return has(world.modal(user), words); }, 1min);
}

void add_twin(World& world, const std::string& connection)
{
    standins::auth0::UserSpec user;
    user.connection = connection;
    user.email = "twin@acme.example";
    user.given_name = "Ada";
    user.family_name = "Twin";
    world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
}

// Two accounts with one address, one in each database; the agent has asked and sees the line.
void ask_for_twin(World& world)
{
    world.auth0.add_connection({"Partner-Portal", "auth0", R"({"passwordPolicy":"low"})", true, false, true, {}});
    add_twin(world, database);
    add_twin(world, "Partner-Portal");
    world.ask(cast::agent, "twin@acme.example locked out");
    REQUIRE(waits_for(world, State::choosing));
    REQUIRE(world.run_until([&] { return has(world.private_line(cast::agent, cast::desk), "Continue"); }, 1min));
}

std::string line_ts(World& world, const std::string& user)
{
    std::string ts;
    for (const auto& message : world.slack.visible_to(user, cast::desk))
        if (message.is_ephemeral()) ts = message.ts;
    return ts;
}

standins::Response press_in_line(World& world, const std::string& user, const std::string& action)
{
    return world.deliver(
        world.slack.click(user, cast::desk, line_ts(world, user), action, to_unix_ms(world.time.now())));
}

// The value of the choice that stands for this connection.
std::string choice_in(World& world, const std::string& connection)
{
    const auto open = world.slack.modals(cast::agent);
    for (const auto& block : open.back().content.at("blocks").as_array())
    {
        const auto* element = block.as_object().if_contains("element");
        if (element == nullptr || element->at("type") != "radio_buttons") continue;
        for (const auto& option : element->at("options").as_array())
            if (option.at("text").at("text").as_string() == json::string_view{connection})
                return std::string{option.at("value").as_string()};
    }
    return "none";
}

}  // namespace

TEST_CASE("a form that arrives twice is one request", "[scenario][intake]")
{
    World world{803};
    REQUIRE(opens_by_shortcut(world, cast::agent));
    const auto now = to_unix_ms(world.time.now());
    // Two presses of the button: two deliveries of one form, each with a trigger of its own.
    const auto once = world.slack.submit_view(cast::agent, {{"email", "ada@acme.example"}}, now);
    const auto twice = world.slack.submit_view(cast::agent, {{"email", "ada@acme.example"}}, now);
    CHECK(once.request.body != twice.request.body);
    // The copy of the first HTTP request is refused; the second press is answered as the first.
    CHECK(world.deliver_together({once, twice, once}) == 2);
    world.run_for(1min);
    CHECK(world.requests().size() == 1);
    CHECK(world.cards() == 1);
}

TEST_CASE("of several accounts the requester chooses one, and that one is asked about", "[scenario][intake]")
{
    World world{806};
    ask_for_twin(world);
    CHECK(world.cards() == 0);
    press_in_line(world, cast::agent, "request.complete");
    REQUIRE(world.wait_for_modal(cast::agent));
    CHECK(has(world.modal(cast::agent), database));
    CHECK(has(world.modal(cast::agent), "Partner-Portal"));
    CHECK(has(world.modal(cast::agent), "locked out"));
    CHECK(world.submit(cast::agent, {{"account", choice_in(world, "Partner-Portal")}}).status == 200);
    REQUIRE(modal_says(world, cast::agent, "A team lead is asked"));
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(world.request().connection == "Partner-Portal");
    CHECK(has(world.card(), "Partner-Portal"));
    // The line in the channel does not stay behind.
    REQUIRE(world.run_until([&] { return has(world.private_line(cast::agent, cast::desk), "request.remind"); }, 1min));
    CHECK_FALSE(has(world.private_line(cast::agent, cast::desk), "Continue"));
    world.deny(cast::lead);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("closing the form that is waited for leaves the request, and the line leads back", "[scenario][intake]")
{
    World world{808};
    ask_for_twin(world);
    press_in_line(world, cast::agent, "request.complete");
    REQUIRE(world.wait_for_modal(cast::agent));
    world.close_modal(cast::agent);
    world.run_for(10s);
    CHECK(world.request().state == State::choosing);
    CHECK(has(world.private_line(cast::agent, cast::desk), "Continue"));
    press_in_line(world, cast::agent, "request.cancel");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::cancelled);
    CHECK(has(world.private_line(cast::agent, cast::desk), "Cancelled"));
    CHECK_FALSE(has(world.private_line(cast::agent, cast::desk), "Continue"));
    // What they did themselves, and can read there, is not told once more.
    CHECK(world.dms(cast::agent) == 0);
    CHECK(world.cards() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("who does not choose within half an hour has to ask again", "[scenario][intake]")
{
    World world{809};
    ask_for_twin(world);
    press_in_line(world, cast::agent, "request.complete");
    REQUIRE(world.wait_for_modal(cast::agent));
    const std::string value = choice_in(world, "Partner-Portal");
    const auto late = world.slack.submit_view(cast::agent, {{"account", value}}, to_unix_ms(world.time.now() + 31min));
    world.run_for(31min);
    CHECK(world.request().state == State::expired);
    CHECK(has(world.modal(cast::agent), "Nothing was changed"));
    CHECK(has(world.deliver(late).body, "Expired"));
    CHECK(world.request().state == State::expired);
    CHECK(world.cards() == 0);
}

TEST_CASE(
    "shortcuts of another workspace ask for nothing, and forms of members at home elsewhere do", "[scenario][intake]")
{
    World world{817};
    standins::slack::Variant other;
    other.team_id = "T0OTHERTEAM";
    const auto ts = world.slack.say(cast::nobody, cast::desk, "ada@acme.example", to_unix_ms(world.time.now()));
    const auto now = to_unix_ms(world.time.now());
    world.deliver(world.slack.shortcut(cast::agent, "reset_password", now, other));
    CHECK(modal_says(world, cast::agent, "Nothing was requested"));
    // Message shortcuts may come without the person's workspace: the app's own then counts.
    standins::slack::Variant bare;
    bare.without_user_team_id = true;
    world.deliver(world.slack.message_shortcut(cast::agent, cast::desk, ts, "reset_from_message", now, bare));
    CHECK(modal_says(world, cast::agent, "Ask for approval"));
    const auto foreign =
        world.slack.submit_view(cast::agent, {{"email", "ada@acme.example"}}, to_unix_ms(world.time.now()), other);
    world.deliver(foreign);
    // Where the app is installed counts, and whose member Slack says the person is: not where they are at home.
    world.run_for(1min);
    CHECK(world.requests().size() == 1);
    CHECK(world.audit_rows("request_not_allowed") == 1);
}

TEST_CASE("when rights are not known the form stays as it is, and is sent once they are", "[scenario][intake]")
{
    World world{818};
    REQUIRE(opens_by_shortcut(world, cast::agent));
    world.slack.faults().add("usergroups.list", {standins::Fault::error_before, 0, 1}, 1000);
    world.run_for(11min);
    world.submit(cast::agent, {{"email", "ada@acme.example"}});
    CHECK(has(world.modal(cast::agent), "Ask for approval"));
    CHECK(has(json::serialize(world.slack.modals(cast::agent).back().errors), "what you entered stays here"));
    CHECK(world.requests().empty());
    world.slack.faults().clear();
    world.submit(cast::agent, {{"email", "ada@acme.example"}});
    CHECK(world.requests().size() == 1);
}

TEST_CASE("what was not found can be asked for anew by somebody whom Slack has not told of yet", "[scenario][intake]")
{
    World world{713};
    const bool in_window = GENERATE(true, false);
    const std::string typed = "nobody.here@acme.example";
    if (in_window)
    {
        REQUIRE(opens_by_shortcut(world, cast::agent));
        world.submit(cast::agent, {{"email", typed}, {"reason", "locked out"}});
    }
    else
        world.ask(cast::agent, typed + " locked out");
    REQUIRE(waits_for(world, State::refused));
    world.run_for(10s);

    // A bot that has just started knows nobody, and Slack is slow to tell.
    world.crash();
    world.slack.faults().add("users.info", standins::PlannedFault{standins::Fault::error_before, 0, 1}, 1'000);
    world.start();
    world.run_for(15s);
    if (in_window)
        world.press_in_modal(cast::agent, "request.correct");
    else
        press_in_line(world, cast::agent, "request.correct");
    CHECK(modal_says(world, cast::agent, "I am asking Slack who you are"));
    world.slack.faults().clear();
    REQUIRE(modal_says(world, cast::agent, "request.form"));
    CHECK(has(world.modal(cast::agent), typed));
    CHECK(has(world.modal(cast::agent), "locked out"));
    CHECK(world.requests().size() == 1);
    // And it is the form: what is sent in it is asked for.
    world.submit(cast::agent, {{"email", World::customer_email}});
    CHECK(world.run_until([&] { return world.cards() == 1; }, 1min));
}

TEST_CASE("a request can be cancelled from the modal in which it was asked for", "[scenario][intake]")
{
    World world{819};
    REQUIRE(opens_by_shortcut(world, cast::agent));
    world.submit(cast::agent, {{"email", "ada@acme.example"}});
    REQUIRE(modal_says(world, cast::agent, "request.cancel"));
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(world.press_in_modal(cast::agent, "request.cancel").status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::cancelled);
    CHECK(has(world.card(), "*Cancelled*"));
    CHECK(broken_promise(world) == "");
}
