// What becomes of a change that Auth0 did not carry out, or may not have.
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/planted.hpp"
#include "tests/scenario/truth.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
using standins::Fault;
using standins::PlannedFault;

namespace {

constexpr const char* patch_user = "PATCH /api/v2/users/*";
constexpr const char* read_log = "GET /api/v2/logs";

// Every write of the customer's account fails, from the approval on.
void approve_without_writes(World& world, int failures = 1'000'000)
{
    REQUIRE(world.ask_and_wait());
    world.auth0.faults().add(patch_user, PlannedFault{Fault::error_before, 0, 1}, failures);
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::checking; }, 2min));
}

// Somebody else does something, which the tenant's log shows.
void let_others_write(World& world)
{
    standins::auth0::UserSpec user;
    user.email = "grace@acme.example";
    const auto now = to_unix_ms(world.time.now());
    world.auth0.set_password(world.auth0.add_user(user, now), "chosen-by-grace-1", now);
}

}  // namespace

TEST_CASE("an outage of the writes of Auth0 for some seconds is ridden out, and one change is applied", "[scenario]")
{
    const int failures = GENERATE(1, 2, 5);
    World world{2'101};
    approve_without_writes(world, failures);
    INFO(failures << " failures");
    const TimePoint began = world.time.now();
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 2min));
    CHECK(world.time.now() - began < 60s);
    REQUIRE(world.settle());
    CHECK(world.password_changes() == 1);
    CHECK(world.request().intent->sends == failures + 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a change that Auth0 never carried out is Failed once its log has come past the last try", "[scenario]")
{
    World world{2'102};
    approve_without_writes(world);
    world.run_for(2min);
    let_others_write(world);
    REQUIRE(world.settle(1h));
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::never_applied);
    INFO(world.dm(cast::agent));
    CHECK(has(world.dm(cast::agent), "*Failed*"));
    CHECK(has(world.dm(cast::agent), "Nothing was changed"));
    CHECK(world.password_changes() == 0);
    CHECK_FALSE(world.customer_has_new_password());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("what the log does not rule out stays Unknown", "[scenario]")
{
    World world{2'103};
    bool by_others = true;
    SECTION("it shows nothing younger than the last try") { by_others = false; }
    SECTION("it cannot be read") { world.auth0.faults().add(read_log, PlannedFault{Fault::error_before}, 1'000'000); }
    approve_without_writes(world);
    if (by_others)
    {
        world.run_for(2min);
        let_others_write(world);
    }
    REQUIRE(world.settle(1h));
    CHECK(world.request().state == State::unknown);
    CHECK(world.request().ending == Ending::answer_lost);
    CHECK(has(world.dm(cast::agent), "Do not hand anything over"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a change that was applied late is not taken for one that never was", "[scenario]")
{
    World world{2'104};
    REQUIRE(world.ask_and_wait());
    // Applied, and the answer is an error of Auth0's own.
    world.auth0.faults().add(patch_user, PlannedFault{Fault::error_after}, 1);
    world.approve(cast::lead);
    REQUIRE(world.settle(1h));
    CHECK(world.request().state == State::changed);
    CHECK(world.password_changes() == 1);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an account that was never made is Failed, as its log says", "[scenario]")
{
    World world{2'105};
    world.auth0.faults().add("POST /api/v2/users", PlannedFault{Fault::error_before}, 1'000'000);
    Request creation = approved_creation(world, "cs-nevermade2", PasswordFormat::sop);
    world.plant(creation, {request_job(job_kind::change, creation.id, world.time.now())});
    world.run_for(3min);
    world.auth0.set_password(world.customer, "by-the-owner-herself-3", to_unix_ms(world.time.now()));
    REQUIRE(world.settle(1h));
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::never_applied);
    CHECK(broken_promise(world) == "");
}

// --- full profiles

namespace {

// Fills the customer's profile up to this many bytes.
void fill_profile(World& world, std::size_t bytes)
{
    standins::auth0::UserSpec user;
    user.email = "full@acme.example";
    user.given_name = "Ada";
    user.family_name = "Byron";
    user.password = "before-the-reset-1";
    user.logins_count = 3;
    user.last_login = to_unix_ms(world.time.now());
    user.last_password_reset = to_unix_ms(world.time.now()) - 1'000;
    user.id = "full";
    user.user_metadata = R"({"filling":""})";
    const auto made = to_unix_ms(world.time.now()) - 1'000'000;
    world.auth0.add_user(user, made);
    const std::size_t empty = world.auth0.user_json("auth0|full").size();
    world.auth0.delete_user("auth0|full", made);
    user.user_metadata = R"({"filling":")" + std::string(bytes - empty, 'x') + "\"}";
    world.auth0.add_user(user, made);
}

constexpr const char* full_email = "full@acme.example";

}  // namespace

TEST_CASE("a reset works up to what Auth0 takes", "[scenario]")
{
    const std::size_t bytes = GENERATE(std::size_t{10'240}, std::size_t{50'000}, std::size_t{102'400 - 256});
    World world{2'111};
    fill_profile(world, bytes);
    REQUIRE(world.ask_and_wait(full_email));
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::changed);
    CHECK(world.auth0.accepts("auth0|full", "$Ada!Byron$!"));
    CHECK(broken_promise(world) == "");
}

TEST_CASE("an account whose profile has no room is refused in words, and no lead is asked", "[scenario]")
{
    const std::size_t bytes = GENERATE(std::size_t{102'400 - 255}, std::size_t{102'401}, std::size_t{300'000});
    World world{2'112};
    fill_profile(world, bytes);
    world.ask(cast::agent, full_email);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::refused);
    CHECK(world.request().ending == Ending::profile_full);
    CHECK(world.cards() == 0);
    CHECK(world.password_changes() == 0);
    CHECK(broken_promise(world) == "");
}

TEST_CASE("a profile that Auth0 finds too large at the change itself is Failed, in words", "[scenario]")
{
    World world{2'113};
    fill_profile(world, 20'000);
    REQUIRE(world.ask_and_wait(full_email));
    // Room for the profile as it is, and not for the mark.
    world.auth0.set_profile_limit(20'050);
    world.approve(cast::lead);
    REQUIRE(world.settle());
    CHECK(world.request().state == State::failed);
    CHECK(world.request().ending == Ending::profile_full);
    CHECK(has(world.dm(cast::agent), "profile in Auth0 is full"));
    CHECK(has(world.dm(cast::agent), "Nothing was changed"));
    CHECK_FALSE(world.auth0.accepts("auth0|full", "$Ada!Byron$!"));
    CHECK(broken_promise(world) == "");
}

// --- accounts with identities that were linked

namespace {

void add_linked(World& world)
{
    standins::auth0::ConnectionSpec google;
    google.name = google.strategy = "google-oauth2";
    world.auth0.add_connection(google);
    standins::auth0::UserSpec user;
    user.connection = "google-oauth2";
    user.id = "1";
    user.email = "ada.lovelace@acme.example";
    user.given_name = "Ada";
    user.family_name = "Lovelace";
    user.logins_count = 3;
    user.last_login = to_unix_ms(world.time.now()) - 86'400'000;
    user.linked = {{"Username-Password-Authentication", "other.address@acme.example", "before-the-reset-1"}};
    world.auth0.add_user(user, to_unix_ms(world.time.now()) - 1'000'000'000);
}

}  // namespace

TEST_CASE("a linked account is found by either address, and the window says which one signs in", "[scenario]")
{
    const std::string asked = GENERATE("ada.lovelace@acme.example", "other.address@acme.example");
    World world{2'121};
    add_linked(world);
    REQUIRE(world.ask_and_wait(asked));
    CHECK(sign_in_address(world.request()) == "other.address@acme.example");
    world.approve(cast::lead);
    REQUIRE(world.run_until([&] { return world.request().state == State::changed; }, 2min));
    REQUIRE(world.run_until([&] { return world.dms(cast::agent) == 1; }, 1min));
    world.press_in_dm(cast::agent, "handover.show");
    world.run_for(10s);
    const bool is_named = has(world.modal(cast::agent), "Signs in with");
    CHECK(is_named == (asked == "ada.lovelace@acme.example"));
    CHECK(has(world.modal(cast::agent), "other.address@acme.example"));
    CHECK(
        world.auth0.log_in("other.address@acme.example", "$Ada!Lovelace$!", to_unix_ms(world.time.now())) ==
        standins::auth0::Login::done);
    world.close_modal(cast::agent);
    REQUIRE(world.settle());
    CHECK(broken_promise(world) == "");
}

TEST_CASE("nobody gets the password of an account that they sign in to by its other address", "[scenario]")
{
    const std::string own = GENERATE(cast::agent, cast::lead);
    World world{
        2'122, [](Config&) {}, *from_iso8601("2026-11-23T09:00:00Z"),
        [&own](World& before) {
            add_linked(before);
            before.slack.user(own).email = "other.address@acme.example";
        }};
    world.ask(cast::agent, "ada.lovelace@acme.example");
    world.run_for(20s);
    if (own == cast::lead) world.approve(cast::lead);
    world.run_for(1min);
    CHECK(world.password_changes() == 0);
    CHECK(world.request().state == (own == cast::agent ? State::refused : State::pending));
}
