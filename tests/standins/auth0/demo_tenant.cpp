#include "tests/standins/auth0/demo_tenant.hpp"

#include <string>
#include <utility>

namespace standins::auth0 {

namespace {

constexpr TimeMs hour_ms = 3600LL * 1000;
constexpr TimeMs day_ms = 24 * hour_ms;
constexpr const char* partner_database = "partners";

UserSpec customer(std::string email, std::string given_name, std::string family_name)
{
    UserSpec spec;
    spec.email = std::move(email);
    spec.name = given_name + " " + family_name;
    spec.given_name = std::move(given_name);
    spec.family_name = std::move(family_name);
    return spec;
}

UserSpec in_use(UserSpec spec, TimeMs last_login, int logins)
{
    spec.last_login = last_login;
    spec.logins_count = logins;
    return spec;
}

void add_connections(Tenant& tenant)
{
    ConnectionSpec main;
    main.id = "con_AcmeDatabase0001";
    tenant.add_connection(main);
    ConnectionSpec partners;
    partners.name = partner_database;
    partners.id = "con_AcmePartners0001";
    partners.options = R"({"passwordPolicy":"fair","password_history":{"enable":true,"size":3}})";
    tenant.add_connection(partners);
    ConnectionSpec google;
    google.name = google.strategy = "google-oauth2";
    tenant.add_connection(google);
    ConnectionSpec company;
    company.name = "example-corp";
    company.strategy = "samlp";
    tenant.add_connection(company);
}

void add_ordinary(Tenant& tenant, TimeMs now)
{
    UserSpec ada = in_use(customer("ada.lovelace@example.com", "Ada", "Lovelace"), now - 3 * hour_ms, 214);
    ada.last_password_reset = now - 200 * day_ms;
    const std::string id = tenant.add_user(ada, now - 900 * day_ms);
    tenant.add_session(id, now - 3 * hour_ms);
    tenant.add_session(id, now - 30 * hour_ms);
    tenant.add_refresh_token(id, now - 20 * day_ms);

    tenant.add_user(in_use(customer("john.doe@example.com", "John", "Doe"), now - 9 * day_ms, 12), now - 400 * day_ms);
    tenant.add_user(customer("grace.hopper@example.com", "Grace", "Hopper"), now - 2 * day_ms);  // never logged in
    tenant.add_user(
        in_use(customer("alan.turing+billing@example.com", "Alan", "Turing"), now - 15 * day_ms, 31),
        now - 300 * day_ms);
}

void add_guarded(Tenant& tenant, TimeMs now)
{
    UserSpec blocked = in_use(customer("charles.babbage@example.com", "Charles", "Babbage"), now - 90 * day_ms, 77);
    blocked.blocked = true;
    blocked.app_metadata = R"({"plan":"gold","blocked_because":"contract ended"})";
    tenant.add_user(blocked, now - 800 * day_ms);

    UserSpec unverified = customer("mary.somerville@example.com", "Mary", "Somerville");
    unverified.email_verified = false;
    tenant.add_user(unverified, now - day_ms);
}

void add_from_elsewhere(Tenant& tenant, TimeMs now)
{
    UserSpec social = in_use(customer("Emmy.Noether@example.com", "Emmy", "Noether"), now - 5 * day_ms, 40);
    social.connection = "google-oauth2";
    social.id = "100000000000000000001";
    tenant.add_user(social, now - 250 * day_ms);

    UserSpec enterprise = in_use(customer("niels.bohr@acme.com", "Niels", "Bohr"), now - hour_ms, 501);
    enterprise.connection = "example-corp";
    enterprise.id = "niels.bohr@acme.com";
    tenant.add_user(enterprise, now - 700 * day_ms);
}

void add_shared_addresses(Tenant& tenant, TimeMs now)
{
    tenant.add_user(
        in_use(customer("maria.mitchell@example.com", "Maria", "Mitchell"), now - 40 * day_ms, 8), now - 500 * day_ms);
    UserSpec google = in_use(customer("maria.mitchell@example.com", "Maria", "Mitchell"), now - 2 * day_ms, 63);
    google.connection = "google-oauth2";
    google.id = "100000000000000000002";
    tenant.add_user(google, now - 100 * day_ms);

    tenant.add_user(
        in_use(customer("max.planck@example.com", "Max", "Planck"), now - 6 * day_ms, 19), now - 600 * day_ms);
    UserSpec partner = customer("max.planck@example.com", "Max", "Planck");
    partner.connection = partner_database;
    tenant.add_user(partner, now - 50 * day_ms);
}

void add_difficult_names(Tenant& tenant, TimeMs now)
{
    UserSpec nameless;
    nameless.email = "info@acme.com";
    tenant.add_user(nameless, now - 60 * day_ms);

    tenant.add_user(
        in_use(customer("elodie@example.com", "Élodie-Anne", "O’Brien Ångström"), now - 8 * day_ms, 5),
        now - 120 * day_ms);

    // The longest that Auth0 keeps.
    std::string given;
    while (given.size() < 300) given += "Wolfeschlegelsteinhausen-Bergerdorff-";
    given.resize(300, 'e');
    tenant.add_user(
        customer("wolfe@example.com", given, "Welche-Vor-Altern-Waren-Gewissenhaft-Schaefers-Wessen-Schafe"),
        now - 30 * day_ms);
}

}  // namespace

Options demo_options()
{
    Options options;
    ClientApp bot;
    bot.client_id = std::string{demo_client_id};
    bot.secrets = {std::string{demo_client_secret}};
    bot.scopes = all_bot_scopes();
    ClientApp reader;
    reader.client_id = std::string{demo_reader_id};
    reader.secrets = {std::string{demo_reader_secret}};
    reader.scopes = {"read:users"};
    options.clients = {bot, reader};
    return options;
}

void add_demo_customers(Tenant& tenant, TimeMs now)
{
    add_connections(tenant);
    add_ordinary(tenant, now);
    add_guarded(tenant, now);
    add_from_elsewhere(tenant, now);
    add_shared_addresses(tenant, now);
    add_difficult_names(tenant, now);
}

std::unique_ptr<Tenant> make_demo_tenant(Options options, TimeMs now)
{
    auto tenant = std::make_unique<Tenant>(std::move(options));
    add_demo_customers(*tenant, now);
    return tenant;
}

}  // namespace standins::auth0
