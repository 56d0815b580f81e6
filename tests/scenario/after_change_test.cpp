#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::auth0::Login;

namespace {

// With what is off by default.
void tell_owner(Config& config)
{
    config.requests.after_change.tell_owner = true;
    config.requests.after_change.must_change = true;
}

bool finish(World& world)
{
    if (!world.ask_and_wait()) return false;
    world.approve(cast::lead);
    return world.settle(2h);
}

}  // namespace

TEST_CASE("after a change sessions and tokens end, and the owner has to choose a password", "[scenario][care]")
{
    World world{440, tell_owner};
    const auto now = to_unix_ms(world.time.now());
    world.auth0.add_session(world.customer, now);
    world.auth0.add_refresh_token(world.customer, now);
    REQUIRE(finish(world));
    CHECK(world.request().state == State::changed);
    for (const std::string_view step : after_change::all)
    {
        INFO(step);
        CHECK(world.request().after_change.at(std::string{step}) == AfterChange::done);
    }
    const auto later = to_unix_ms(world.time.now());
    CHECK(world.auth0.session_count(world.customer, later) == 0);
    CHECK(world.auth0.refresh_token_count(world.customer, later) == 0);
    CHECK(world.auth0.reset_mails() == std::vector<std::string>{World::customer_email});
    CHECK(has(world.auth0.user_json(world.customer), "admin_lpr"));
    CHECK(world.auth0.log_in(World::customer_email, World::customer_password, later) == Login::must_change_password);
    world.auth0.set_password(world.customer, "Chosen-by-Ada-77", later);
    CHECK(world.auth0.log_in(World::customer_email, "Chosen-by-Ada-77", later) == Login::done);

    REQUIRE(world.replies().size() == 1);
    for (const char* words :
         {"next sign-in: demanded", "Apps that stay signed in: signed out", "Open browser sessions: ended",
          "sent by Auth0"})
        CHECK(has(world.replies().front(), words));
    CHECK(world.cards() == 1);
    CHECK(world.audit_rows("after_care_ended") == 4);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("where no password of one's own is demanded, the one that was set opens the account", "[scenario][care]")
{
    World world{447};
    REQUIRE(reset_and_wait(world));
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(10s);
    const auto secrets = shown_secrets(world, cast::agent);
    REQUIRE(secrets.size() == 1);
    CHECK(has(world.modal(cast::agent), "Ask them to change it right after they have signed in"));
    world.close_modal(cast::agent);
    REQUIRE(world.settle());
    CHECK_FALSE(world.request().after_change.contains("mark_must_change"));
    CHECK(has(world.auth0.user_json(world.customer), R"("must_change":false)"));
    const auto now = to_unix_ms(world.time.now());
    CHECK(world.auth0.log_in(World::customer_email, secrets.front(), now) == Login::done);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a first password opens its account likewise where none of one's own is demanded", "[scenario][care]")
{
    World world{448};
    REQUIRE(carry_out(world, approved_creation(world, "cs-carecarecar2", PasswordFormat::passphrase)));
    world.run_for(2s);
    world.press_in_dm(cast::implementer, "handover.show");
    world.run_for(10s);
    const auto secrets = shown_secrets(world, cast::implementer);
    REQUIRE(secrets.size() == 1);
    const auto now = to_unix_ms(world.time.now());
    CHECK(world.auth0.log_in("grace@acme.example", secrets.front(), now) == Login::done);
}

TEST_CASE("a report whose answer was lost stands there once", "[scenario][care]")
{
    const auto fault = GENERATE(Fault::reset_before, Fault::reset_after, Fault::error_after);
    INFO(static_cast<int>(fault));
    World world{449};
    REQUIRE(world.ask_and_wait());
    bool armed = false;
    world.network.tap = [&](const std::string&, const standins::Request& request) {
        if (armed || !has(request.target, "chat.postMessage") || !has(request.body, "thread_ts")) return;
        armed = true;
        world.slack.faults().add("chat.postMessage", {fault});
    };
    world.approve(cast::lead);
    REQUIRE(world.settle(2h));
    REQUIRE(armed);
    CHECK(world.replies().size() == 1);
    CHECK(world.audit_rows("job_buried") == 0);
}

TEST_CASE("a plan without revocation is said so, and Done stays Done", "[scenario][care]")
{
    World world{441};
    world.auth0.set_plan(standins::auth0::Plan::unlimited, false);
    REQUIRE(finish(world));
    CHECK(world.request().state == State::changed);
    CHECK(world.request().after_change.at("end_sessions") == AfterChange::not_in_plan);
    CHECK(world.request().after_change.at("revoke_tokens") == AfterChange::not_in_plan);
    CHECK_FALSE(world.request().after_change.contains("mark_must_change"));
    REQUIRE(world.replies().size() == 1);
    CHECK(has(world.replies().front(), "plan"));
    CHECK(has(world.card(), "*Done*"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a step that fails for good is reported, and takes nothing back", "[scenario][care]")
{
    World world{442};
    standins::PlannedFault down;
    down.fault = Fault::error_before;
    world.auth0.faults().add("DELETE /api/v2/users/*", down, 1000);
    REQUIRE(finish(world));
    CHECK(world.request().state == State::changed);
    CHECK(world.request().after_change.at("revoke_tokens") == AfterChange::failed);
    CHECK(world.request().after_change.at("end_sessions") == AfterChange::failed);
    CHECK(has(world.card(), "*Done*"));
    REQUIRE(world.replies().size() == 1);
    CHECK(has(world.replies().front(), "*not ended*: end the sessions in Auth0"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("the owner of an address that is not verified gets no mail", "[scenario][care]")
{
    World world{443, tell_owner};
    standins::auth0::UserSpec user;
    user.email = "grace@acme.example";
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.email_verified = false;
    world.auth0.add_user(user, to_unix_ms(world.time.now()));
    REQUIRE(world.ask_and_wait("grace@acme.example"));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK_FALSE(world.request().after_change.contains("tell_owner"));
    CHECK(world.auth0.reset_mails().empty());
}

TEST_CASE("a connection without a password-change page sends no mail", "[scenario][care]")
{
    World world{444, tell_owner};
    world.auth0.replace_options(
        "Username-Password-Authentication", R"({"passwordPolicy":"good","disable_self_service_change_password":true})");
    REQUIRE(finish(world));
    CHECK(world.request().after_change.at("tell_owner") == AfterChange::not_needed);
    CHECK(world.auth0.reset_mails().empty());
}

TEST_CASE("without the permission to read the connection no mail is sent, and the thread says why", "[scenario][care]")
{
    World world{447, [](Config& config) {
                    tell_owner(config);
                    config.auth0.client_id = narrow_client;
                }};
    REQUIRE(finish(world));
    CHECK(world.request().state == State::changed);
    CHECK(world.request().after_change.at("tell_owner") == AfterChange::not_in_plan);
    REQUIRE(world.replies().size() == 1);
    CHECK(has(world.replies().front(), "permissions"));
    CHECK(world.auth0.reset_mails().empty());
}

TEST_CASE("an outcome that is not known has no steps after it", "[scenario][care]")
{
    World world{445};
    standins::PlannedFault lost;
    lost.fault = Fault::reset_before;
    world.auth0.faults().add("PATCH /api/v2/users/*", lost, 100);
    REQUIRE(finish(world));
    CHECK(world.request().state == State::unknown);
    CHECK(world.request().after_change.empty());
    CHECK(world.replies().empty());
    CHECK_FALSE(world.request().handover);
}

TEST_CASE("a mail whose answer was lost is not sent twice", "[scenario][care]")
{
    World world{446, tell_owner};
    standins::PlannedFault lost;
    lost.fault = Fault::reset_after;
    world.auth0.faults().add("POST /dbconnections/change_password", lost, 3);
    REQUIRE(finish(world));
    CHECK(world.request().after_change.at("tell_owner") == AfterChange::failed);
    CHECK(world.auth0.reset_mails().size() == 1);
}
