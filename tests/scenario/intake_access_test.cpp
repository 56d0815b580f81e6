#include "handlers/core/text.hpp"
#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// Nothing was stored, nobody asked, and each way in said why.
void check_refused(World& world, const std::string& user, const std::string& why)
{
    const std::size_t before = world.requests().size(), cards = world.cards();
    const std::size_t rows = world.audit_rows("request_not_allowed");
    const auto told = try_every_way_in(world, user);
    REQUIRE(told.size() >= 4);
    for (const std::string& words : told)
    {
        INFO(words);
        CHECK(has(words, "Nothing was requested"));
        CHECK(has(words, why));
        CHECK_FALSE(has(words, "\"request.form\""));
    }
    CHECK(world.requests().size() == before);
    CHECK(world.cards() == cards);
    CHECK(world.audit_rows("request_not_allowed") == rows + told.size());
    CHECK(world.slack.modals(user).empty());
}

void one_an_hour(Config& config) { config.requests.limits = LimitSettings{Limit{1, 0}, Limit{}, Limit{}}; }
void one_for_all(Config& config) { config.requests.limits = LimitSettings{Limit{}, Limit{}, Limit{1, 0}}; }

}  // namespace

TEST_CASE("a freeze refuses at every way in, and nothing is stored", "[scenario][intake]")
{
    World world{721};
    world.freeze(cast::lead, "a caller imitates customers");
    world.run_for(5s);
    check_refused(world, cast::agent, "a caller imitates customers");
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a person's limit refuses at every way in, and nothing is stored", "[scenario][intake]")
{
    World world{722, one_an_hour};
    REQUIRE(world.ask_and_wait());
    check_refused(world, cast::agent, "You may make 1 request within an hour");
    // It is the person's own.
    CHECK(open_form(world, cast::other_lead));
}

TEST_CASE("everybody's limit refuses at every way in, and nothing is stored", "[scenario][intake]")
{
    World world{723, one_for_all};
    world.ask(cast::other_lead, World::customer_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    check_refused(world, cast::agent, "All people together");
}

TEST_CASE("people without the right are refused at every way in, and nothing is stored", "[scenario][intake]")
{
    const std::string user = GENERATE(cast::nobody, cast::lead, cast::auditor);
    World world{724};
    check_refused(world, user, "You are in none of the groups");
}

TEST_CASE("a form that was open before a freeze, a limit or a lost right does not get through", "[scenario][intake]")
{
    const std::string what = GENERATE("freeze", "limit", "right");
    INFO(what);
    World world{725, one_an_hour};
    REQUIRE(open_form(world, cast::agent));
    if (what == "freeze") world.freeze(cast::lead, "a caller imitates customers");
    if (what == "limit") world.ask(cast::agent, World::customer_email);
    if (what == "right") world.slack.group("S0SUPPORT").users = {cast::other_lead};
    world.run_for(20min);
    const std::size_t before = world.requests().size();
    const auto answer = world.submit(cast::agent, {{"email", World::customer_email}});
    CHECK(has(answer.body, "Nothing was requested"));
    CHECK(world.requests().size() == before);
    CHECK(world.audit_rows("request_not_allowed") == 1);
}

TEST_CASE("a freeze while the requester chooses ends the request, and says who froze", "[scenario][intake]")
{
    World world{726};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    world.freeze(cast::lead, "a caller imitates customers");
    world.submit(cast::agent, {{"account", "0.0"}});
    REQUIRE(wait_for_words(world, cast::agent, "a caller imitates customers"));
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.cards() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("somebody else's form and somebody else's button do nothing", "[scenario][intake]")
{
    World world{727};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    const auto own = world.slack.submit_view(cast::agent, {{"account", "0.0"}}, to_unix_ms(world.time.now()));
    const auto answer = deliver_forged(world, own, cast::agent, cast::nobody);
    CHECK(has(answer.body, "Nothing was requested"));
    CHECK(world.request().state == State::choosing);
    CHECK(world.audit_rows("decision_not_accepted") == 1);
}

TEST_CASE(
    "a reason that is longer than what is kept is cut and never refused, and its author is told", "[scenario][intake]")
{
    World world{728};
    std::string reason = "<!channel> \u202e ";
    for (int i = 0; i < 400; ++i) reason += "\U0001F980";
    world.ask(cast::agent, std::string{World::customer_email} + " " + reason);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(utf16_units(world.request().reason) <= reason_units_max);
    CHECK(world.request().reason.ends_with("\u2026"));
    world.run_for(5s);
    CHECK(has(world.private_line(cast::agent, cast::desk), "longer than 500 characters"));
    CHECK(world.request().reason.starts_with("<!channel> \U0001F980"));
    CHECK_FALSE(has(world.card(), "<!channel>"));
    CHECK_FALSE(has(world.card(), "\u202e"));
}
