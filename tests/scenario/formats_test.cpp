#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;

namespace {

constexpr const char* database = "Username-Password-Authentication";

std::string shown(World& world, const std::string& user)
{
    world.press_in_dm(user, "handover.show");
    world.run_until([&] { return !shown_secrets(world, user).empty(); }, 10s);
    const auto secrets = shown_secrets(world, user);
    return secrets.empty() ? std::string{} : secrets.front();
}

}  // namespace

TEST_CASE("a passphrase is set, and shown as it was set", "[scenario][formats]")
{
    World world{420};
    REQUIRE(carry_out(world, approved(world, "cs-passphrase22", PasswordFormat::passphrase)));
    CHECK(world.request().state == State::changed);
    CHECK(has(world.dm(cast::agent), "random passphrase"));
    const std::string password = shown(world, cast::agent);
    CHECK(password.size() >= 22);
    CHECK(world.auth0.accepts(world.customer, password));
    CHECK(world.password_changes() == 1);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE(
    "a passphrase that a changed policy refuses is drawn once more, for the policy as it is", "[scenario][formats]")
{
    World world{421};
    REQUIRE(carry_out(world, approved(world, "cs-passphrase22", PasswordFormat::passphrase)));
    world.run_for(1min);  // the policy is still remembered
    world.auth0.replace_options(
        database, R"({"passwordPolicy":"good","password_complexity_options":{"min_length":60}})");
    Request second = approved(world, "cs-passphrase33", PasswordFormat::passphrase);
    REQUIRE(carry_out(world, second));
    const auto ended = *world.ledger().reads().request(second.id);
    CHECK(ended.state == State::changed);
    CHECK(world.audit_rows("passphrase_redrawn") == 1);
    const std::string password = shown(world, cast::agent);
    CHECK(password.size() >= 60);
    CHECK(world.auth0.accepts(world.customer, password));
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a policy that nothing here knows makes no passphrase", "[scenario][formats]")
{
    World world{422};
    world.auth0.replace_options(database, R"({"passwordPolicy":"brilliant"})");
    REQUIRE(carry_out(world, approved(world, "cs-passphrase22", PasswordFormat::passphrase)));
    CHECK(world.request().state == State::failed);
    CHECK(world.password_changes() == 0);
    CHECK(has(world.dm(cast::agent), "Nothing was changed"));
}

TEST_CASE("names that the requester corrected make the password", "[scenario][formats]")
{
    World world{423};
    Request request = approved(world, "cs-othernames22", PasswordFormat::sop);
    request.names = GivenNames{"Augusta", "King"};
    REQUIRE(carry_out(world, request));
    CHECK(world.auth0.accepts(world.customer, "$Augusta!King$!"));
    CHECK(shown(world, cast::agent) == "$Augusta!King$!");
}

TEST_CASE("a link changes nothing, is shown once, and lets its holder set a password", "[scenario][formats]")
{
    World world{424};
    REQUIRE(carry_out(world, approved(world, "cs-ticketticket", PasswordFormat::link)));
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 0);
    CHECK(world.auth0.accepts(world.customer, "before-the-reset-1"));
    CHECK(has(world.dm(cast::agent), "Nothing was changed yet"));
    CHECK(has(world.dm(cast::agent), "Show link once"));
    CHECK(world.request().after_change.empty());

    const std::string link = shown(world, cast::agent);
    CHECK(has(link, "/u/reset-password?ticket="));
    CHECK_FALSE(has(world.modal(cast::agent), "handover.spell"));
    CHECK(world.auth0.redeem_ticket(link, "Chosen-by-its-owner-7", to_unix_ms(world.time.now())));
    REQUIRE(world.settle());
    CHECK(has(world.dm(cast::agent), "The link was shown"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a link whose answer was lost is made anew, and only one is handed over", "[scenario][formats]")
{
    World world{425};
    standins::PlannedFault lost;
    lost.fault = Fault::reset_after;
    world.auth0.faults().add("POST /api/v2/tickets/password-change", lost);
    REQUIRE(carry_out(world, approved(world, "cs-ticketticket", PasswordFormat::link)));
    CHECK(world.request().state == State::changed);
    CHECK(has(shown(world, cast::agent), "/u/reset-password?ticket="));
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a new account is made with its names and its first password", "[scenario][formats]")
{
    World world{426, [](Config& config) { config.requests.after_change.must_change = true; }};
    REQUIRE(carry_out(world, approved_creation(world, "cs-creationnew2", PasswordFormat::sop)));
    const Request made = world.request();
    CHECK(made.state == State::changed);
    REQUIRE(made.account);
    CHECK(has(world.auth0.user_json(made.account->id.str()), "\"given_name\":\"Grace\""));
    CHECK(world.auth0.accepts(made.account->id.str(), "$Grace!Hopper$!"));
    CHECK(shown(world, cast::implementer) == "$Grace!Hopper$!");
    REQUIRE(world.settle());
    CHECK(world.request().after_change.at("mark_must_change") == AfterChange::done);
    CHECK(
        world.auth0.log_in("grace@acme.example", "$Grace!Hopper$!", to_unix_ms(world.time.now())) ==
        standins::auth0::Login::must_change_password);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a creation whose answer was lost is found by its mark", "[scenario][formats]")
{
    for (const Fault fault : {Fault::reset_after, Fault::error_after, Fault::reset_before, Fault::error_before})
    {
        World world{427};
        standins::PlannedFault lost;
        lost.fault = fault;
        world.auth0.faults().add("POST /api/v2/users", lost);
        REQUIRE(carry_out(world, approved_creation(world, "cs-creationnew2", PasswordFormat::sop)));
        CHECK(world.request().state == State::changed);
        CHECK(shown(world, cast::implementer) == "$Grace!Hopper$!");
        REQUIRE(world.settle());
        CHECK(broken_promise(world) == "");
    }
}

TEST_CASE("an account that somebody else made meanwhile is not touched", "[scenario][formats]")
{
    World world{428};
    standins::auth0::UserSpec user;
    user.email = "grace@acme.example";
    user.password = "chosen-by-grace-1";
    const std::string id = world.auth0.add_user(user, to_unix_ms(world.time.now()));
    REQUIRE(carry_out(world, approved_creation(world, "cs-creationnew2", PasswordFormat::sop)));
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::account_exists);
    CHECK(world.auth0.accepts(id, "chosen-by-grace-1"));
    CHECK(has(world.dm(cast::implementer), "Nothing was changed"));
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a change is not carried out before its cooling delay is over", "[scenario][formats]")
{
    World world{429};
    Request request = approved(world, "cs-coolcoolcool", PasswordFormat::sop);
    request.change_from = world.time.now() + 3h;
    CHECK_FALSE(carry_out(world, request, 2h + 59min));
    CHECK(world.password_changes() == 0);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 10min));
}

TEST_CASE("one of two approvers who lost the right approves nothing", "[scenario][formats]")
{
    World world{430};
    Request request = approved(world, "cs-twotwotwotwo", PasswordFormat::sop);
    request.approvals = {Decision{SlackUserId{cast::other_lead}, world.time.now()}, *request.decision};
    std::erase(world.slack.group("S0LEADS").users, cast::other_lead);
    world.run_for(4s);  // nobody shares an older answer any more
    REQUIRE(carry_out(world, request));
    CHECK(world.request().ending == Ending::approver_lost_right);
    CHECK(world.password_changes() == 0);
}
