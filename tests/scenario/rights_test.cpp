#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"
#include "tests/scenario/world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;

namespace {

// The address in the Slack profile of everybody is theirs alone: lead@staff.example.
const std::string lead_address = "lead@staff.example";
const std::string agent_address = "agent@staff.example";

void add_account(World& world, const std::string& email)
{
    standins::auth0::UserSpec user;
    user.email = email;
    user.given_name = "Lise";
    user.family_name = "Meitner";
    world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
}

void give_address(World& world, const std::string& id, const std::string& name, const std::string& email)
{
    world.slack.add_user({id, name, name, email, standins::slack::Standing::member, {}, false});
}

// How often the bot has asked Slack about a person: that it does so once more shows that something is under way.
std::size_t asked_about_people(World& world)
{
    const auto& calls = world.slack.calls();
    return static_cast<std::size_t>(
        std::count_if(calls.begin(), calls.end(), [](const auto& call) { return call.method == "users.info"; }));
}

// Runs until rights are being asked for, which takes a while: in the middle of what the last deed began.
bool run_into_the_checks(World& world, std::size_t asked_before)
{
    return world.run_until([&] { return asked_about_people(world) > asked_before; }, 1min);
}

// The private line in which a person sees their request.
std::string line_of(World& world, const std::string& user)
{
    std::string ts;
    for (const auto& message : world.slack.visible_to(user, cast::desk))
        if (message.is_ephemeral()) ts = message.ts;
    return ts;
}

void press_in_line(World& world, const std::string& line, const std::string& action)
{
    world.deliver(world.slack.click(cast::agent, cast::desk, line, action, to_unix_ms(world.time.now())));
}

}  // namespace

TEST_CASE("nobody asks for their own account, by command or by form", "[scenario][rights]")
{
    World world{1201};
    add_account(world, agent_address);
    const auto answer = world.ask(cast::agent, "Agent@Staff.Example locked out");
    CHECK(has(answer.body, "Nothing was requested."));
    CHECK(has(answer.body, "nobody asks for their own account"));
    REQUIRE(open_form(world, cast::agent));
    world.submit(cast::agent, {{"email", agent_address}});
    CHECK(wait_for_words(world, cast::agent, "nobody asks for their own account"));
    CHECK(world.requests().empty());
    CHECK(world.audit_rows("request_not_allowed") == 2);
    world.run_for(1min);
    CHECK(world.cards() == 0);
}

TEST_CASE("nobody approves or denies a request about their own account, and somebody else does", "[scenario][rights]")
{
    World world{1202};
    add_account(world, lead_address);
    REQUIRE(world.ask_and_wait(lead_address));
    world.approve(cast::lead);
    world.run_for(10s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "about your own account"));
    world.press(cast::lead, "request.deny");
    CHECK_FALSE(world.wait_for_modal(cast::lead));
    CHECK(world.audit_rows("decision_not_accepted") == 2);
    CHECK(world.password_changes() == 0);

    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an approval of what turns out to be one's own account does not count", "[scenario][rights]")
{
    World world{1203};
    REQUIRE(world.ask_and_wait());
    // Slack knows the new address at once, our memory of the profile does not yet.
    give_address(world, cast::lead, "lead", World::customer_email);
    world.run_for(4s);  // nobody shares an older answer any more
    world.approve(cast::lead);
    world.run_for(5s);
    CHECK(world.request().state == State::pending);
    CHECK(has(world.private_line(cast::lead, cast::approvals), "about your own account"));
    CHECK(world.password_changes() == 0);
    world.approve(cast::other_lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a request for what turns out to be one's own account is not carried out", "[scenario][rights]")
{
    World world{1204};
    REQUIRE(world.ask_and_wait());
    give_address(world, cast::agent, "agent", World::customer_email);
    world.run_for(4s);  // nobody shares an older answer any more
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::own_account);
    CHECK(world.password_changes() == 0);
}

TEST_CASE("an account that is protected by the time of the change is not changed", "[scenario][rights]")
{
    bool is_protected = false;
    World world{1205, [&is_protected](Config& config) {
                    if (!is_protected) return;
                    Tier board;
                    board.name = "board";
                    board.domains = {"acme.example"};
                    board.refuse = true;
                    config.requests.tiers = {board};
                }};
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add("*", standins::PlannedFault{standins::Fault::error_before, 0, 1}, 3);
    world.approve(cast::lead);
    world.crash();
    is_protected = true;
    world.revive();
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::protected_account);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "a first password overwrites none of somebody who signed in after the approval was asked for", "[scenario][rights]")
{
    World world{1206};
    standins::auth0::UserSpec user;
    user.email = "grace@acme.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.password = "somebody-made-this-1";
    const std::string id = world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
    command(world, cast::implementer, "/create-password", user.email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    REQUIRE(
        world.auth0.log_in(user.email, user.password, to_unix_ms(world.time.now())) == standins::auth0::Login::done);
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::has_signed_in);
    CHECK(world.auth0.accepts(id, user.password));
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a freeze that comes while an approved change is being checked stops it", "[scenario][rights][freeze]")
{
    const auto format = GENERATE(PasswordFormat::sop, PasswordFormat::link);
    World world{1207, [format](Config& config) { config.requests.password.format = format; }};
    REQUIRE(world.ask_and_wait());
    world.run_for(4s);  // nobody shares an older answer any more
    const std::size_t asked = asked_about_people(world);
    world.approve(cast::lead);
    REQUIRE(run_into_the_checks(world, asked));
    REQUIRE(world.request().state == State::approved);
    world.freeze(cast::other_lead, "incident");
    world.run_for(10min);
    CHECK(world.password_changes() == 0);
    CHECK(world.request().state == State::approved);
    CHECK_FALSE(world.request().handover);

    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    world.press_in_channel(cast::other_lead, "freeze.release");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a freeze that comes between the press and the window shows nothing", "[scenario][rights][freeze]")
{
    World world{1208, [](Config& config) { config.requests.password.reveal_within = 1h; }};
    REQUIRE(world.ask_and_wait());
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return has(world.dm(cast::agent), "handover.show"); }, 5min));
    world.run_for(4s);  // nobody shares an older answer any more
    const std::size_t asked = asked_about_people(world);
    world.press_in_dm(cast::agent, "handover.show");
    REQUIRE(run_into_the_checks(world, asked));
    world.freeze(cast::other_lead, "incident");
    world.run_for(1min);
    CHECK(has(world.modal(cast::agent), "Nothing was shown."));
    CHECK_FALSE(has(world.modal(cast::agent), World::customer_password));
    CHECK(world.request().handover->state == HandoverState::ready);
    CHECK(world.audit_rows("handover_not_opened") == 1);
}

TEST_CASE("the second release asks Slack about both: one of them is no approver any more", "[scenario][rights][freeze]")
{
    World world{1209};
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    REQUIRE(world.ledger().reads().freeze().freeze->releases.size() == 1);

    SECTION("the first")
    {
        world.slack.add_group({"S0LEADS", "leads", {cast::other_lead, cast::nobody}, false, false});
        world.press_in_channel(cast::other_lead, "freeze.release");
        world.run_for(10s);
        const auto held = world.ledger().reads().freeze().freeze;
        REQUIRE(held);
        REQUIRE(held->releases.size() == 1);
        CHECK(held->releases.front().by == SlackUserId{cast::other_lead});
        CHECK(world.audit_rows("release_lapsed") == 1);
        CHECK(has(world.private_line(cast::other_lead, cast::approvals), "That of <@U0LEAD> does not any more"));
        // Whoever is an approver by now ends it, by the button of the first announcement or of any later one.
        REQUIRE(world.run_until(
            [&] {
                world.press_in_channel(cast::nobody, "freeze.release");
                world.run_for(30s);
                return !world.ledger().reads().freeze().freeze;
            },
            5min));
    }
    SECTION("the second")
    {
        world.slack.add_group({"S0LEADS", "leads", {cast::lead}, false, false});
        world.press_in_channel(cast::other_lead, "freeze.release");
        world.run_for(10s);
        const auto held = world.ledger().reads().freeze().freeze;
        REQUIRE(held);
        CHECK(held->releases.size() == 1);
        CHECK(has(world.private_line(cast::other_lead, cast::approvals), "Nothing was frozen or released."));
        CHECK(world.audit_rows("release_not_accepted") == 1);
    }
    CHECK(broken_promise(world) == "");
}

TEST_CASE("while Slack cannot be asked a freeze is not released, and then it is", "[scenario][rights][freeze]")
{
    World world{1210};
    world.freeze(cast::lead, "incident");
    world.run_for(10s);
    world.press_in_channel(cast::lead, "freeze.release");
    world.run_for(10s);
    world.slack.faults().add("users.info", standins::PlannedFault{standins::Fault::error_before, 0, 1}, 5);
    world.press_in_channel(cast::other_lead, "freeze.release");
    world.run_for(5s);
    CHECK(world.ledger().reads().freeze().freeze);
    CHECK(world.run_until([&] { return !world.ledger().reads().freeze().freeze; }, 10min));
    CHECK(world.audit_rows("freeze_released") == 1);
}

TEST_CASE("an account that does not exist gets no link, and that is said before anybody is asked", "[scenario][rights]")
{
    World world{1211, [](Config& config) { config.requests.password.implementation = PasswordFormat::link; }};
    command(world, cast::implementer, "/create-password", "grace@acme.example Grace Hopper");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::no_link_for_new_account);
    CHECK(world.cards() == 0);
    CHECK(has(world.private_line(cast::implementer, cast::desk), "make the account, then ask again"));

    // And it is so: once the account is there, the link is made.
    add_account(world, "grace@acme.example");
    command(world, cast::implementer, "/create-password", "grace@acme.example");
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a former agent, now a guest, sees no details and reminds nobody, and may still cancel", "[scenario][rights]")
{
    World world{1212};
    REQUIRE(world.ask_and_wait());
    const std::string line = line_of(world, cast::agent);
    world.run_for(15min);
    world.slack.add_group({"S0SUPPORT", "support", {cast::other_lead}, false, false});
    world.slack.add_user({cast::agent, "agent", "agent", agent_address, standins::slack::Standing::guest, {}, false});
    world.run_for(2min);

    world.press(cast::agent, "request.details");
    CHECK_FALSE(world.wait_for_modal(cast::agent));
    CHECK(has(world.private_line(cast::agent, cast::approvals), "Nothing was shown."));
    press_in_line(world, line, "request.remind");
    world.run_for(10s);
    CHECK(has(world.private_line(cast::agent, cast::desk), "Nothing was done."));
    CHECK(world.request().reminders == 0);
    CHECK(world.audit_rows("decision_not_accepted") == 2);

    press_in_line(world, line, "request.cancel");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::cancelled);
    CHECK(world.password_changes() == 0);
}

TEST_CASE("an account that is to be created has a limit, too", "[scenario][rights]")
{
    World world{1213, [](Config& config) { config.requests.limits.account = Limit{1, 0}; }};
    command(world, cast::implementer, "/create-password", "grace@acme.example Grace Hopper");
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.deny(cast::lead);
    REQUIRE(world.settle());
    command(world, cast::implementer, "/create-password", "grace@acme.example Grace Hopper");
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::limit_account);
    CHECK(world.cards() == 1);

    command(world, cast::implementer, "/create-password", "lise@acme.example Lise Meitner");
    CHECK(world.run_until([&] { return world.cards() == 2; }, 1min));
}
