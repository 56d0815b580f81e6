#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"
#include "tests/support/text.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

TEST_CASE("a reset goes from the command to the audit channel", "[scenario]")
{
    World world{1};
    const auto answer = world.ask(cast::agent, "ada@acme.example locked out");
    CHECK(answer.status == 200);
    CHECK(has(answer.body, "ephemeral"));
    CHECK(has(answer.body, "Looking up"));

    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(has(world.card(), "*Waiting*"));
    CHECK(has(world.card(), "Ada Byron"));
    CHECK(has(world.card(), "ada@acme.example"));
    CHECK(has(world.card(), "locked out"));
    CHECK(has(world.card(), "<@U0AGENT>"));
    REQUIRE(world.run_until([&] { return has(world.private_line(cast::agent, cast::desk), "Found"); }, 1min));
    CHECK_FALSE(has(world.private_line(cast::agent, cast::desk), "Looking up"));
    CHECK_FALSE(world.customer_has_new_password());

    CHECK(world.approve(cast::lead).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.customer_has_new_password());
    CHECK(world.password_changes() == 1);
    CHECK(world.cards() == 1);
    CHECK(has(world.card(), "*Done*"));
    CHECK(has(world.card(), "<@U0LEAD>"));
    CHECK(has(world.dm(cast::agent), "set to the standard format"));
    CHECK(world.dms(cast::agent) == 1);
    CHECK(has(world.audit_message(), world.request().id.str()));
    CHECK_FALSE(has(world.audit_message(), "ada@acme.example"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a denied request changes nothing and says by whom it was denied", "[scenario]")
{
    World world{2};
    REQUIRE(world.ask_and_wait());
    CHECK(world.deny(cast::lead).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::denied);
    CHECK(world.password_changes() == 0);
    CHECK(has(world.card(), "*Denied*"));
    CHECK(has(world.dm(cast::agent), "Denied"));
    CHECK(has(world.dm(cast::agent), "<@U0LEAD>"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a request that nobody decides expires, and its old button decides nothing", "[scenario]")
{
    World world{3};
    REQUIRE(world.ask_and_wait());
    const auto late = world.slack.click(
        cast::lead, cast::approvals, world.slack.messages(cast::approvals).back().ts, "request.approve",
        to_unix_ms(world.time.now() + 4h + 1min));
    world.run_for(4h + 1min);
    CHECK(world.request().state == State::expired);
    CHECK(world.deliver(late).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::expired);
    CHECK(world.password_changes() == 0);
    CHECK(has(world.card(), "*Expired*"));
    CHECK(has(world.private_line(cast::lead, cast::approvals), "already *Expired*"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("nobody decides their own request", "[scenario]")
{
    World world{4};
    world.ask(cast::other_lead, World::customer_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(world.approve(cast::other_lead).status == 200);
    world.run_for(30s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.card(), "*Waiting*"));
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "your own request"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("people outside the approvers get a private note, and nothing changes for anyone else", "[scenario]")
{
    World world{5};
    REQUIRE(world.ask_and_wait());
    const std::string before = world.card();
    for (const std::string& user : {cast::agent, cast::implementer, cast::auditor, cast::nobody, cast::guest})
        for (const char* action : {"request.approve", "request.deny"})
        {
            INFO(user << " " << action);
            CHECK(world.press(user, action).status == 200);
            world.run_for(10s);
            CHECK(world.request().state == State::pending);
            CHECK(world.card() == before);
            CHECK(has(world.private_line(user, cast::approvals), "Nothing was decided."));
        }
    CHECK(world.password_changes() == 0);
}

TEST_CASE("people who may not ask are told so, and no request is made", "[scenario]")
{
    World world{6};
    for (const std::string& user : {cast::lead, cast::auditor, cast::nobody, cast::guest})
    {
        const auto answer = world.ask(user, World::customer_email);
        CHECK(answer.status == 200);
        CHECK(has(answer.body, "Nothing was requested."));
    }
    world.run_for(1min);
    CHECK(world.requests().empty());
    CHECK(world.cards() == 0);
}

TEST_CASE("two approvers at once decide once, and the late one is told who decided", "[scenario]")
{
    World world{7};
    REQUIRE(world.ask_and_wait());
    const auto now = to_unix_ms(world.time.now());
    const std::string ts = world.slack.messages(cast::approvals).back().ts;
    const auto first = world.slack.click(cast::lead, cast::approvals, ts, "request.approve", now);
    const auto second = world.slack.click(cast::other_lead, cast::approvals, ts, "request.deny", now);
    CHECK(world.deliver(first).status == 200);
    CHECK(world.deliver(second).status == 200);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().decision->by == SlackUserId{cast::lead});
    CHECK(world.password_changes() == 1);
    CHECK(has(world.private_line(cast::other_lead, cast::approvals), "approved by <@U0LEAD>"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a replayed command or click is refused and does nothing", "[scenario]")
{
    World world{8};
    const auto command = world.slack.command(
        cast::agent, cast::desk, "/reset-password", World::customer_email, to_unix_ms(world.time.now()));
    CHECK(world.deliver(command).status == 200);
    for (int i = 0; i < 20; ++i) CHECK(world.deliver(command).status == 401);
    auto signed_again = command;
    signed_again.request = standins::slack::signed_request(
        world.slack.options(), "/slack/commands", "application/x-www-form-urlencoded", command.request.body,
        to_unix_ms(world.time.now()) + 2000, standins::slack::Forgery::none);
    CHECK(world.deliver(signed_again).status == 401);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(world.requests().size() == 1);
    const auto click = world.slack.click(
        cast::lead, cast::approvals, world.slack.messages(cast::approvals).back().ts, "request.deny",
        to_unix_ms(world.time.now()));
    CHECK(world.deliver(click).status == 200);
    CHECK(world.deliver(click).status == 401);
    REQUIRE(world.wait_for_modal(cast::lead));
    CHECK(world.slack.modals(cast::lead).size() == 1);
    const auto form = world.slack.submit_view(cast::lead, {{"reason", "not verified"}}, to_unix_ms(world.time.now()));
    CHECK(world.deliver(form).status == 200);
    CHECK(world.deliver(form).status == 401);
    REQUIRE(world.settle());
    CHECK(world.requests().size() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what cannot be reset is refused with what was found", "[scenario]")
{
    World world{9};
    const auto now = to_unix_ms(world.time.now());
    world.auth0.add_connection({"google-oauth2", "google-oauth2", "{}", true, false, true, {}});
    standins::auth0::UserSpec social;
    social.connection = "google-oauth2";
    social.email = "social@acme.example";
    world.auth0.add_user(social, now);
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"ghost@acme.example", "no account"},
        {"social@acme.example", "Google account"},
    };
    for (const auto& [email, words] : cases)
    {
        INFO(email);
        world.ask(cast::agent, email);
        REQUIRE(world.settle());
        CHECK(world.request().state == State::refused);
        CHECK(has(world.private_line(cast::agent, cast::desk), words));
    }
    CHECK(world.cards() == 0);
    // Told in private, once, and to nobody else.
    CHECK(world.audit_messages() == 0);
    CHECK(world.dms(cast::agent) == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("who could be several accounts, or has no name, is asked about, and no approver is bothered", "[scenario]")
{
    World world{19};
    const auto now = to_unix_ms(world.time.now());
    world.auth0.add_connection({"Second-Database", "auth0", R"({"passwordPolicy":"good"})", true, false, true, {}});
    for (const char* connection : {"Username-Password-Authentication", "Second-Database"})
    {
        standins::auth0::UserSpec twin;
        twin.connection = connection;
        twin.email = "twin@acme.example";
        twin.given_name = "Twin";
        twin.family_name = "One";
        world.auth0.add_user(twin, now);
    }
    standins::auth0::UserSpec nameless;
    nameless.email = "nameless@acme.example";
    world.auth0.add_user(nameless, now);

    for (const char* email : {"twin@acme.example", "nameless@acme.example"})
    {
        INFO(email);
        world.ask(cast::agent, email);
        CHECK(world.run_until([&] { return world.request().state == State::choosing; }, 1min));
        REQUIRE(world.settle(2h));
        CHECK(world.request().state == State::expired);
    }
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a second request for the same account is refused while the first is open", "[scenario]")
{
    World world{10};
    REQUIRE(world.ask_and_wait());
    world.ask(cast::implementer, "ADA@acme.example");
    world.run_for(1min);
    REQUIRE(world.requests().size() == 2);
    CHECK(world.request().state == State::refused);
    CHECK(has(world.private_line(cast::implementer, cast::desk), "still open"));
    CHECK(world.cards() == 1);
}

TEST_CASE("a blocked account stays blocked", "[scenario]")
{
    World world{11};
    world.auth0.set_blocked(world.customer, true, to_unix_ms(world.time.now()));
    REQUIRE(world.ask_and_wait());
    CHECK(has(world.card(), "is blocked by an administrator; it stays so"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.request().reblock == AfterChange::done);
    CHECK(has(world.auth0.user_json(world.customer), "\"blocked\":true"));
    CHECK(has(world.dm(cast::agent), "put back"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a policy that became stricter after the card was drawn ends as Failed, in plain words", "[scenario]")
{
    World world{12};
    REQUIRE(world.ask_and_wait());
    world.auth0.replace_options("Username-Password-Authentication", R"({"passwordPolicy":"fair"})");
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK_FALSE(world.customer_has_new_password());
    CHECK(has(world.card(), "too weak"));
    CHECK(has(world.dm(cast::agent), "Nothing was changed"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an approver who lost the right a moment before the click approves nothing", "[scenario]")
{
    World world{13};
    REQUIRE(world.ask_and_wait());
    world.run_for(4s);  // nobody shares an older answer any more
    auto& leads = world.slack.group("S0LEADS").users;
    std::erase(leads, cast::lead);
    world.approve(cast::lead);  // the bot's memory is up to a minute old
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(world.password_changes() == 0);
    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an account that changed after the card was drawn voids the approval", "[scenario]")
{
    World world{14};
    REQUIRE(world.ask_and_wait());
    world.auth0.set_password(world.customer, "changed-by-its-owner-7", to_unix_ms(world.time.now()));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::account_changed);
    CHECK(world.auth0.accepts(world.customer, "changed-by-its-owner-7"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("when Slack cannot say who may do what, the answer is no", "[scenario]")
{
    World world{15};
    REQUIRE(world.ask_and_wait());
    world.slack.faults().add("usergroups.list", {standins::Fault::error_before, 0, 1}, 1000);
    world.run_for(11min);
    const auto answer = world.ask(cast::agent, World::customer_email);
    CHECK(has(answer.body, "Slack has not told me yet who you are"));
    world.approve(cast::lead);
    world.run_for(3min);
    CHECK(world.requests().size() == 1);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::agent, cast::desk), "Nothing was done: Slack has not told me who you are"));
    CHECK(has(world.private_line(cast::lead, cast::approvals), "Nothing was approved: Slack did not say in time"));
}

TEST_CASE("a click that claims to come from another workspace decides nothing", "[scenario]")
{
    World world{18};
    REQUIRE(world.ask_and_wait());
    standins::slack::Variant other_team;
    other_team.team_id = "T0OTHERTEAM";
    const auto click = world.slack.click(
        cast::lead, cast::approvals, world.slack.messages(cast::approvals).back().ts, "request.approve",
        to_unix_ms(world.time.now()), other_team);
    CHECK(world.deliver(click).status == 200);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "Nothing was decided."));
}

TEST_CASE("another workspace, another app and a forged signature get nowhere", "[scenario]")
{
    World world{16};
    const auto now = to_unix_ms(world.time.now());
    standins::slack::Variant other_app;
    other_app.app_id = "A0OTHERAPP";
    CHECK(
        world
            .deliver(
                world.slack.command(cast::agent, cast::desk, "/reset-password", "ada@acme.example", now, other_app))
            .status == 401);
    standins::slack::Variant other_team;
    other_team.team_id = "T0OTHERTEAM";
    const auto answer = world.deliver(
        world.slack.command(cast::agent, cast::desk, "/reset-password", "ada@acme.example", now, other_team));
    CHECK(answer.status == 200);
    CHECK(has(answer.body, "Nothing was requested."));
    standins::slack::Variant forged;
    forged.forgery = standins::slack::Forgery::wrong_secret;
    CHECK(
        world.deliver(world.slack.command(cast::agent, cast::desk, "/reset-password", "ada@acme.example", now, forged))
            .status == 401);
    world.run_for(1min);
    CHECK(world.requests().empty());
}
