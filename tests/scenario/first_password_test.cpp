#include "tests/scenario/intake_steps.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::auth0::Login;

namespace {

const std::string new_email = "grace@acme.example";
const std::string new_password = "$Grace!Hopper$!";

standins::Response create(World& world, const std::string& user, const std::string& text)
{
    return command(world, user, "/create-password", text);
}

void check_created(World& world)
{
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    CHECK(has(world.card(), "Grace Hopper"));
    CHECK(has(world.card(), "An account is created"));
    CHECK(world.auth0.snapshot(to_unix_ms(world.time.now())).find(new_email) == std::string::npos);
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    const Login login = world.auth0.log_in(new_email, new_password, to_unix_ms(world.time.now()));
    const bool is_right = login == Login::done || login == Login::must_change_password;
    CHECK(is_right);
    CHECK(has(world.auth0.snapshot(to_unix_ms(world.time.now())), world.request().id.str()));
    CHECK(broken_promise(world) == "");
}

// An account for the new address, as somebody prepared it.
std::string prepare_account(World& world, int logins)
{
    standins::auth0::UserSpec user;
    user.email = new_email;
    user.given_name = "Grace";
    user.family_name = "Hopper";
    user.password = "somebody-made-this-1";
    user.logins_count = logins;
    if (logins > 0) user.last_login = to_unix_ms(world.time.now()) - 1'000;
    return world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000);
}

}  // namespace

TEST_CASE("an unknown address with names becomes an account once it is approved", "[scenario][intake]")
{
    World world{731};
    CHECK(create(world, cast::implementer, new_email + " Grace Hopper").status == 200);
    check_created(world);
}

TEST_CASE("an unknown address without names is asked for them", "[scenario][intake]")
{
    const bool by_form = GENERATE(false, true);
    INFO(by_form);
    World world{732};
    if (by_form)
    {
        REQUIRE(open_form(world, cast::implementer, "/create-password"));
        CHECK(has(world.modal(cast::implementer), "Create a password"));
        world.submit(cast::implementer, {{"email", new_email}});
    }
    else
    {
        create(world, cast::implementer, new_email + " Grace");
        REQUIRE(world.run_until([&] { return world.request().state == State::choosing; }, 1min));
        world.run_for(5s);
        const auto lines = world.slack.visible_to(cast::implementer, cast::desk);
        world.deliver(world.slack.click(
            cast::implementer, cast::desk, lines.back().ts, "request.complete", to_unix_ms(world.time.now())));
    }
    REQUIRE(wait_for_words(world, cast::implementer, "\"request.choose\""));
    CHECK(has(world.modal(cast::implementer), "no account for"));
    if (!by_form) CHECK(has(world.modal(cast::implementer), "\"initial_value\":\"Grace\""));
    world.submit(cast::implementer, {{"given", "Grace"}, {"family", "Hopper"}});
    REQUIRE(wait_for_words(world, cast::implementer, "A team lead is asked"));
    check_created(world);
}

TEST_CASE("names in the form are those of the new account", "[scenario][intake]")
{
    World world{733};
    REQUIRE(open_form(world, cast::implementer, "/create-password"));
    world.submit(cast::implementer, {{"email", new_email}, {"given", "Grace"}, {"family", "Hopper"}});
    REQUIRE(wait_for_words(world, cast::implementer, "A team lead is asked"));
    check_created(world);
}

TEST_CASE("an implementer chooses in the shortcut's form what is needed", "[scenario][intake]")
{
    World world{734};
    world.deliver(world.slack.shortcut(cast::implementer, "reset_password", to_unix_ms(world.time.now())));
    REQUIRE(world.wait_for_modal(cast::implementer));
    world.submit(cast::implementer, {{"email", new_email}, {"purpose", "first_password"}});
    REQUIRE(wait_for_words(world, cast::implementer, "\"request.choose\""));
    world.submit(cast::implementer, {{"given", "Grace"}, {"family", "Hopper"}});
    check_created(world);
}

TEST_CASE("an account that never signed in gets its first password", "[scenario][intake]")
{
    World world{735};
    const std::string id = prepare_account(world, 0);
    create(world, cast::implementer, new_email);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.auth0.accepts(id, new_password));
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("whoever signed in before is for a reset, and the implementer is told so", "[scenario][intake]")
{
    World world{736};
    const std::string id = prepare_account(world, 1);
    create(world, cast::implementer, new_email);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::has_signed_in);
    CHECK(has(world.private_line(cast::implementer, cast::desk), "/reset-password"));
    CHECK(world.cards() == 0);
    CHECK(world.auth0.accepts(id, "somebody-made-this-1"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("support may not ask for a first password, whatever the form says", "[scenario][intake]")
{
    World world{737};
    CHECK(has(create(world, cast::agent, new_email + " Grace Hopper").body, "implementation user group"));
    CHECK(has(create(world, cast::agent, "").body, "implementation user group"));
    REQUIRE(open_form(world, cast::agent));
    CHECK_FALSE(has(world.modal(cast::agent), "first_password"));
    // What the form is for stands in the form; a forged one says otherwise.
    const auto own = world.slack.submit_view(cast::agent, {{"email", new_email}}, to_unix_ms(world.time.now()));
    const std::string metadata = "%22private_metadata%22%3A%22";
    const auto answer = deliver_forged(world, own, metadata + "reset%22", metadata + "first_password%22");
    CHECK(has(answer.body, "implementation user group"));
    CHECK(world.requests().empty());
    CHECK(world.audit_rows("request_not_allowed") == 3);
}

TEST_CASE("of two requests for one new address only one reaches the approvers", "[scenario][intake]")
{
    World world{738};
    const auto now = [&world] { return to_unix_ms(world.time.now()); };
    const std::string text = new_email + " Grace Hopper";
    const auto first = world.slack.command(cast::implementer, cast::desk, "/create-password", text, now());
    const auto second = world.slack.command(cast::implementer, cast::desk, "/create-password", text, now());
    CHECK(world.deliver_together({first, second}) == 2);
    REQUIRE(world.run_until(
        [&] {
            const auto all = world.requests();
            return all.size() == 2 && all[0].state != State::looking_up && all[1].state != State::looking_up;
        },
        1min));
    std::size_t pending = 0, refused = 0;
    for (const Request& request : world.requests())
    {
        if (request.state == State::pending) ++pending;
        if (request.state != State::refused) continue;
        CHECK(request.ending == Ending::request_already_open);
        ++refused;
    }
    CHECK(pending == 1);
    CHECK(refused == 1);
    REQUIRE(world.run_until([&] { return world.cards() == 1; }, 1min));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.cards() == 1);
    CHECK(broken_promise(world) == "");
}
