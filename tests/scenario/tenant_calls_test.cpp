// The identity provider's port against the stand-in tenant: what it sends is what a tenant with closed schemas takes,
// and what it reads is what a tenant says.
#include "auth0/identity_provider.hpp"
#include "tests/scenario/network.hpp"
#include "tests/standins/auth0/tenant.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/virtual_time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <stdexcept>

using namespace countersign;
using namespace std::chrono_literals;
using standins::Fault;
using standins::auth0::Login;

namespace {

const TimePoint monday = *from_iso8601("2026-11-23T09:00:00Z");
const std::string database = "Username-Password-Authentication";
const std::string address = "ada@acme.example";

standins::auth0::Options tenant_options(std::vector<std::string> without_scopes)
{
    standins::auth0::Options options;
    standins::auth0::ClientApp bot;
    bot.client_id = "bot";
    bot.secrets = {"bot-secret"};
    for (const std::string& scope : standins::auth0::all_bot_scopes())
        if (std::find(without_scopes.begin(), without_scopes.end(), scope) == without_scopes.end())
            bot.scopes.push_back(scope);
    options.clients.push_back(bot);
    return options;
}

struct Fixture
{
    explicit Fixture(std::vector<std::string> without_scopes = {}) : tenant{tenant_options(std::move(without_scopes))}
    {
        network.attach("127.0.0.1:7002", [this](const standins::Request& request, standins::TimeMs now) {
            return tenant.exchange(request, now);
        });
        standins::auth0::ConnectionSpec main;
        main.name = database;
        main.options = R"({"passwordPolicy":"good","password_history":{"enable":true,"size":3}})";
        tenant.add_connection(main);
        standins::auth0::ConnectionSpec google;
        google.name = google.strategy = "google-oauth2";
        tenant.add_connection(google);
    }

    template <class T>
    T run(boost::asio::awaitable<T> work)
    {
        std::optional<T> out;
        boost::asio::co_spawn(context, test::keep_result(std::move(work), out), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
        for (int turns = 0; turns < 1000; ++turns)
        {
            context.restart();
            context.poll();
            if (out) return std::move(*out);
            const auto next = time.next();
            if (!next) break;
            time.advance_to(*next);
        }
        throw std::runtime_error{"the call did not end"};
    }

    standins::TimeMs now() const { return to_unix_ms(time.now()); }
    void wait(Milliseconds duration) { time.advance(duration); }
    void plan(std::string call, Fault fault)
    {
        standins::PlannedFault planned;
        planned.fault = fault;
        tenant.faults().add(std::move(call), planned);
    }
    NewAccount new_ada() const
    {
        NewAccount ada{database, Email{address}, RequestId{"rq-1"}, time.now()};
        ada.given_name = "Ada";
        ada.family_name = "Byron";
        ada.email_verified = true;
        return ada;
    }
    Outcome<Account> create(std::string password = "First-Pass-1")
    {
        return run(provider.create_account(new_ada(), Secret{password}));
    }
    Login log_in(const std::string& password) { return tenant.log_in(address, password, now()); }

    boost::asio::io_context context{1};
    test::VirtualTime time{context, monday};
    test::SeededRandom random{1};
    test::Network network{time, random};
    standins::auth0::Tenant tenant;
    Auth0IdentityProvider provider{
        Auth0Settings{"acme.eu.auth0.com", *http::parse_origin("http://127.0.0.1:7002/"), "bot", Secret{"bot-secret"}},
        network, time, time};
};

}  // namespace

TEST_CASE("an account is created, known by its marker, and its owner must change the password", "[scenario]")
{
    Fixture world;
    const auto made = world.create();
    REQUIRE(made.has_value());
    CHECK(made->email == address);
    CHECK(made->name == "Ada Byron");
    CHECK(made->email_verified);
    CHECK(made->marker == "rq-1");
    CHECK(made->database_connections == std::vector<std::string>{database});
    CHECK_FALSE(made->last_password_reset);
    CHECK_FALSE(made->has_signed_in());
    CHECK(world.log_in("First-Pass-1") == Login::must_change_password);

    const auto found = world.run(world.provider.find_by_email(Email{address}));
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 1);
    CHECK(found->front() == *made);
}

TEST_CASE("a second account of one address is refused, and so is a password that the policy refuses", "[scenario]")
{
    Fixture world;
    CHECK(world.create("weak").error().reason == "password_too_weak");
    REQUIRE(world.create().has_value());
    CHECK(world.create().error().reason == "account_exists");

    NewAccount elsewhere = world.new_ada();
    elsewhere.connection = GENERATE("google-oauth2", "Nowhere");
    const auto refused = world.run(world.provider.create_account(std::move(elsewhere), Secret{"First-Pass-1"}));
    CHECK(refused.error().code == Errc::refused);
    CHECK(refused.error().reason == "not_a_database_connection");
}

TEST_CASE("whether a lost answer made an account is told by the address and the marker", "[scenario]")
{
    Fixture world;
    const Fault fault = GENERATE(Fault::error_after, Fault::reset_after, Fault::truncate, Fault::error_before);
    world.plan("POST /api/v2/users", fault);
    CHECK(world.create().error().code == Errc::answer_lost);
    const auto found = world.run(world.provider.find_by_email(Email{address}));
    REQUIRE(found.has_value());
    REQUIRE(found->size() == (fault == Fault::error_before ? 0 : 1));
    if (!found->empty()) CHECK(found->front().marker == "rq-1");
}

TEST_CASE("with the second marker the owner's own change lets them in, at whatever moment it comes", "[scenario]")
{
    Fixture world;
    const Auth0UserId id = world.create()->id;
    world.wait(1h);
    PasswordChange change{id, database, RequestId{"rq-2"}, world.time.now()};
    const auto changed = world.run(world.provider.change_password(std::move(change), Secret{"Second-Pass-2"}));
    REQUIRE(changed.has_value());
    REQUIRE(changed->last_password_reset);
    MustChange mark{id, RequestId{"rq-2"}, *changed->last_password_reset, *changed->last_password_reset};
    REQUIRE(world.run(world.provider.mark_must_change(std::move(mark))).has_value());
    CHECK(world.log_in("Second-Pass-2") == Login::must_change_password);

    world.wait(1s);
    world.tenant.set_password(id.str(), "Her-Own-Pass-3", world.now());
    CHECK(world.log_in("Her-Own-Pass-3") == Login::done);
    const auto after = world.run(world.provider.read(id));
    CHECK(after->has_signed_in());
    const auto metadata = boost::json::parse(after->app_metadata);
    CHECK_FALSE(metadata.at_pointer("/countersign/must_change").as_bool());
    CHECK(
        from_iso8601(metadata.at_pointer("/countersign/admin_lpr").as_string().c_str()).value() ==
        *changed->last_password_reset);
}

TEST_CASE("the second marker is no evidence of a change, and other metadata stays", "[scenario]")
{
    Fixture world;
    standins::auth0::UserSpec spec;
    spec.email = address;
    spec.app_metadata = R"({"plan":"gold"})";
    const Auth0UserId id{world.tenant.add_user(spec, world.now())};
    MustChange mark{id, RequestId{"rq-1"}, monday, monday};
    REQUIRE(world.run(world.provider.mark_must_change(std::move(mark))).has_value());
    CHECK(boost::json::parse(world.run(world.provider.read(id))->app_metadata).at("plan").as_string() == "gold");
    world.wait(1min);
    SentChange sent{RequestId{"rq-1"}, monday, monday};
    sent.account = id;
    // The mark itself stands there, and is younger.
    CHECK(*world.run(world.provider.find_in_log(std::move(sent))) == LogEvidence::ruled_out);
}

TEST_CASE("a link lets its holder set the password once, until it expires", "[scenario]")
{
    Fixture world;
    const Auth0UserId id = world.create()->id;
    const auto make = [&](std::chrono::seconds ttl) {
        return world.run(world.provider.create_link(id, ttl, RequestId{"rq-2"}));
    };
    const auto link = make(3600s);
    REQUIRE(link.has_value());
    world.wait(10min);
    CHECK(world.tenant.redeem_ticket(std::string{link->expose()}, "Her-Own-Pass-3", world.now()));
    CHECK(world.log_in("Her-Own-Pass-3") == Login::done);

    // No life at all would be five days.
    const auto short_lived = make(0s);
    world.wait(61s);
    CHECK_FALSE(world.tenant.redeem_ticket(std::string{short_lived->expose()}, "Her-Own-Pass-4", world.now()));
    CHECK(
        world.run(world.provider.create_link(Auth0UserId{"auth0|none"}, 60s, RequestId{"rq-2"})).error().code ==
        Errc::not_found);
}

TEST_CASE("an account that is held elsewhere, or has no address, gets no link", "[scenario]")
{
    Fixture world;
    standins::auth0::UserSpec social;
    social.connection = "google-oauth2";
    social.email = address;
    const Auth0UserId elsewhere{world.tenant.add_user(social, world.now())};
    CHECK(
        world.run(world.provider.create_link(elsewhere, 60s, RequestId{"rq-2"})).error().reason ==
        "not_a_database_account");
    standins::auth0::UserSpec mute;
    mute.username = "ada";
    const Auth0UserId without{world.tenant.add_user(mute, world.now())};
    CHECK(world.run(world.provider.create_link(without, 60s, RequestId{"rq-2"})).error().reason == "no_email_address");
}

TEST_CASE("sessions and refresh tokens end, or it is said why not", "[scenario]")
{
    Fixture world;
    const Auth0UserId id = world.create()->id;
    world.tenant.add_session(id.str(), world.now());
    world.tenant.add_refresh_token(id.str(), world.now());
    CHECK(world.run(world.provider.end_sessions(id, RequestId{"rq-1"})).has_value());
    CHECK(world.tenant.session_count(id.str(), world.now()) == 0);
    CHECK(world.tenant.refresh_token_count(id.str(), world.now()) == 1);
    CHECK(world.run(world.provider.revoke_refresh_tokens(id, RequestId{"rq-1"})).has_value());
    CHECK(world.tenant.refresh_token_count(id.str(), world.now()) == 0);

    world.tenant.set_plan(standins::auth0::Plan::unlimited, false);
    CHECK(world.run(world.provider.end_sessions(id, RequestId{"rq-1"})).error().reason == "auth0_plan_missing");

    Fixture narrow{{"delete:sessions", "delete:refresh_tokens"}};
    const Auth0UserId other = narrow.create()->id;
    CHECK(narrow.run(narrow.provider.end_sessions(other, RequestId{"rq-1"})).error().reason == "auth0_scope_missing");
    CHECK(
        narrow.run(narrow.provider.revoke_refresh_tokens(other, RequestId{"rq-1"})).error().reason ==
        "auth0_scope_missing");
}

TEST_CASE("a connection's policy is read as it stands, and not without the scope for it", "[scenario]")
{
    Fixture world;
    const auto policy = world.run(world.provider.read_policy(database, Freshness::recent));
    REQUIRE(policy.has_value());
    CHECK(policy->level == StrengthLevel::good);
    CHECK(policy->history == PasswordHistory{true, 3});
    CHECK(policy->password_enabled);
    CHECK(policy->id.starts_with("con_"));
    CHECK(world.run(world.provider.read_policy("Nowhere", Freshness::recent)).error().code == Errc::not_found);
    CHECK(
        world.run(world.provider.read_policy("google-oauth2", Freshness::recent)).error().reason ==
        "not_a_database_account");

    world.tenant.replace_options(
        database, R"({"password_options":{"complexity":{"min_length":12,"character_types":["number"]}}})");
    CHECK_FALSE(world.run(world.provider.read_policy(database, Freshness::recent))->complexity);
    CHECK(world.run(world.provider.read_policy(database, Freshness::now))->complexity->length_min == 12);

    Fixture narrow{{"read:connections_options"}};
    CHECK(
        narrow.run(narrow.provider.read_policy(database, Freshness::recent)).error().reason ==
        "auth0_options_scope_missing");
}

TEST_CASE("the tenant mails a link to whom it knows, and does not tell whether it did", "[scenario]")
{
    Fixture world;
    REQUIRE(world.create().has_value());
    const auto mail = [&](const std::string& to) {
        return world.run(world.provider.send_change_mail(Email{to}, database));
    };
    CHECK(mail(address).has_value());
    CHECK(mail("nobody@acme.example").has_value());
    CHECK(world.tenant.reset_mails() == std::vector<std::string>{address});
    for (int i = 0; i < 9; ++i) CHECK(mail(address).has_value());
    CHECK(mail(address).error().code == Errc::rate_limited);
}

TEST_CASE("a tenant that wants one of its domains named says so, and nothing is made", "[scenario]")
{
    Fixture world;
    auto options = tenant_options({});
    options.wants_custom_domain = true;
    standins::auth0::Tenant several{options};
    several.add_connection({});
    world.network.attach("127.0.0.1:7002", [&several](const standins::Request& request, standins::TimeMs now) {
        return several.exchange(request, now);
    });
    const auto refused = world.create();
    CHECK(refused.error().code == Errc::forbidden);
    CHECK(refused.error().reason == "custom_domain_conflict");
    CHECK(world.run(world.provider.find_by_email(Email{address}))->empty());
}
