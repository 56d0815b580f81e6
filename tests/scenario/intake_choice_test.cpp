#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

TEST_CASE("of several accounts the chosen one is changed, and no other", "[scenario][intake]")
{
    const bool by_form = GENERATE(true, false);
    INFO(by_form);
    World world{705};
    const std::string partner = add_partner_account(world);
    if (by_form)
    {
        REQUIRE(open_form(world, cast::agent));
        world.submit(cast::agent, {{"email", World::customer_email}});
    }
    else
    {
        world.ask(cast::agent, World::customer_email);
        REQUIRE(world.run_until([&] { return world.request().state == State::choosing; }, 1min));
        world.run_for(5s);
        const auto lines = world.slack.visible_to(cast::agent, cast::desk);
        REQUIRE_FALSE(lines.empty());
        world.deliver(world.slack.click(
            cast::agent, cast::desk, lines.back().ts, "request.complete", to_unix_ms(world.time.now())));
    }
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    const std::string form = world.modal(cast::agent);
    REQUIRE(has(form, "Partners"));
    CHECK(has(form, "last login 2026-11-2"));
    CHECK(world.cards() == 0);
    // By its text: the order is Auth0's.
    const auto options = world.request().candidates;
    REQUIRE(options.size() == 2);
    const std::string value = options.front().id.str() == partner ? "0.0" : "1.0";
    world.submit(cast::agent, {{"account", value}});
    // What is found must not overtake the answer that turns the form into the waiting view.
    world.run_for(450ms);
    CHECK(world.request().state == State::looking_up);
    CHECK(has(world.modal(cast::agent), "Looking up"));
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    approve_and_settle(world);
    CHECK(world.auth0.accepts(partner, World::customer_password));
    CHECK_FALSE(world.customer_has_new_password());
}

TEST_CASE("a choice that was not offered is asked for again", "[scenario][intake]")
{
    World world{706};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    const auto honest = world.slack.submit_view(cast::agent, {{"account", "1.0"}}, to_unix_ms(world.time.now()));
    const auto answer = deliver_forged(world, honest, "%221.0%22", "%229.9%22");
    CHECK(has(field_errors(answer), "\"account\":"));
    CHECK(world.request().state == State::choosing);
}

TEST_CASE("a chosen account that is gone by then is asked for again, even when one is left", "[scenario][intake]")
{
    World world{707};
    const std::string partner = add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    const auto found = world.request().candidates;
    const std::string value = found.front().id.str() == partner ? "0.0" : "1.0";
    world.auth0.delete_user(partner, to_unix_ms(world.time.now()));
    world.submit(cast::agent, {{"account", value}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    CHECK_FALSE(has(world.modal(cast::agent), "Partners"));
    CHECK(world.cards() == 0);
    world.submit(cast::agent, {{"account", "0.0"}});
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    approve_and_settle(world);
    CHECK(world.customer_has_new_password());
}

TEST_CASE("what was asked back first expires in its own time once the approvers are asked", "[scenario][intake]")
{
    World world{717, [](Config& config) { config.requests.approval.expires_after = 10min; }};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    world.submit(cast::agent, {{"account", "0.0"}});
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    world.run_for(9min);
    CHECK(world.request().state == State::pending);
    world.run_for(2min);
    CHECK(world.request().state == State::expired);
    CHECK(has(world.card(), "*Expired*"));
}

TEST_CASE("names that are missing are asked for, and stand on the card", "[scenario][intake]")
{
    World world{708};
    standins::auth0::UserSpec nameless;
    nameless.email = "grace@acme.example";
    nameless.password = "before-the-reset-2";
    nameless.logins_count = 2;
    const std::string id = world.auth0.add_user(nameless, to_unix_ms(world.time.now()) - 1'000'000);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", "grace@acme.example"}});
    REQUIRE(wait_for_words(world, cast::agent, "Auth0 does not have both"));
    const auto half = world.submit(cast::agent, {{"given", "Grace"}, {"family", " \u200b"}});
    CHECK(has(field_errors(half), "\"family\":"));
    world.submit(cast::agent, {{"given", "Grace"}, {"family", "Hopper"}});
    REQUIRE(wait_for_words(world, cast::agent, "A team lead is asked"));
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(has(world.card(), "Grace Hopper"));
    approve_and_settle(world);
    CHECK(world.auth0.accepts(id, "$Grace!Hopper$!"));
}

TEST_CASE("closing the form that asks back cancels nothing: it goes on from a direct message", "[scenario][intake]")
{
    World world{709};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    CHECK(world.close_modal(cast::agent).status == 200);
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "request.complete"); }, 1min));
    CHECK(world.request().state == State::choosing);
    world.press_in_dm(cast::agent, "request.complete");
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    world.submit(cast::agent, {{"account", "0.0"}});
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    approve_and_settle(world);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the form that asks back can be cancelled in it, and the window says so", "[scenario][intake]")
{
    World world{719};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    CHECK(world.press_in_modal(cast::agent, "request.cancel").status == 200);
    REQUIRE(wait_for_words(world, cast::agent, "Cancelled"));
    CHECK(world.request().state == State::cancelled);
    CHECK(world.slack.modals(cast::agent).size() == 1);
    REQUIRE(world.settle());
    // The window has said it; nobody else need know.
    CHECK(world.dms(cast::agent) == 0);
    CHECK(world.audit_messages() == 0);
    CHECK(world.cards() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("half an hour without an answer ends it, and the person is told", "[scenario][intake]")
{
    const bool by_form = GENERATE(true, false);
    INFO(by_form);
    World world{710};
    add_partner_account(world);
    if (by_form && open_form(world, cast::agent)) world.submit(cast::agent, {{"email", World::customer_email}});
    if (!by_form) world.ask(cast::agent, World::customer_email);
    REQUIRE(world.run_until([&] { return world.request().state == State::choosing; }, 1min));
    world.run_for(29min);
    CHECK(world.request().state == State::choosing);
    world.run_for(2min);
    CHECK(world.request().state == State::expired);
    REQUIRE(world.settle());
    // A private line of half an hour ago cannot be changed any more: its button says how it stands.
    if (by_form) CHECK(has(world.modal(cast::agent), "*Expired*"));
    if (by_form) CHECK_FALSE(has(world.modal(cast::agent), "request.complete"));
    CHECK(has(world.dm(cast::agent), "was not said in time"));
    CHECK(world.cards() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a form that was answered is not answered again", "[scenario][intake]")
{
    World world{714};
    add_partner_account(world);
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", World::customer_email}});
    REQUIRE(wait_for_words(world, cast::agent, "\"request.choose\""));
    const auto first = world.slack.submit_view(cast::agent, {{"account", "0.0"}}, to_unix_ms(world.time.now()));
    const auto second = world.slack.submit_view(cast::agent, {{"account", "1.0"}}, to_unix_ms(world.time.now()));
    CHECK(world.deliver(first).status == 200);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    const auto chosen = world.request().account;
    // How it stands, with the account that was chosen.
    CHECK(has(world.deliver(second).body, "A team lead is asked"));
    CHECK(world.request().account == chosen);
    close_all_modals(world, cast::agent);
    approve_and_settle(world);
}
