#include "auth0/change_ticket.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::auth0;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::Tenant;

namespace {

const std::string good_url = "https://acme.eu.auth0.com/u/reset-password?ticket=vCXrmOFD88EqTjKp#";

Outcome<Secret> make(Tenant& tenant, std::chrono::seconds ttl = 3600s)
{
    return tenant.run(tenant.provider.create_link(Auth0UserId{"auth0|1"}, ttl, RequestId{"rq-1"}));
}

void expect_post(Tenant& tenant, Outcome<http::ClientResponse> reply)
{
    tenant.client.expect(http::Method::post, "api/v2/tickets/password-change", std::move(reply));
}

std::string ticket_json(const std::string& url) { return R"({"ticket":")" + url + "\"}"; }

Auth0Settings settings_at(const std::string& origin)
{
    return Auth0Settings{"acme.eu.auth0.com", *http::parse_origin(origin), "client-1", Secret{"s"}};
}

}  // namespace

TEST_CASE("ticket: the account and a life are sent, and no word on the address", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_post(tenant, answer(201, ticket_json(good_url)));
    const auto ticket = make(tenant);
    REQUIRE(ticket.has_value());
    CHECK(ticket->matches(good_url));

    const auto& sent = tenant.client.sent().back();
    CHECK(boost::json::parse(sent.body) == boost::json::parse(R"({"user_id":"auth0|1","ttl_sec":3600})"));
    CHECK(sent.header("x-correlation-id") == "rq-1");
    CHECK(sent.deadline == 20s);
}

TEST_CASE("ticket: its life is always said, between a minute and a day", "[auth0]")
{
    const auto [asked, said] = GENERATE(
        std::pair{0s, 60}, std::pair{-5s, 60}, std::pair{59s, 60}, std::pair{61s, 61}, std::pair{86'400s, 86'400},
        std::pair{432'000s, 86'400});
    Tenant tenant;
    tenant.expect_token();
    expect_post(tenant, answer(201, ticket_json(good_url)));
    CHECK(make(tenant, asked).has_value());
    CHECK(boost::json::parse(tenant.client.sent().back().body).at("ttl_sec").as_int64() == said);
}

TEST_CASE("ticket: a link leads to the tenant or nowhere", "[auth0]")
{
    const Auth0Settings tenant = settings_at("https://acme.eu.auth0.com/");
    CHECK(leads_to_tenant(good_url, tenant));
    CHECK(leads_to_tenant("https://ACME.eu.auth0.com/lo/reset?ticket=a#", tenant));
    CHECK(leads_to_tenant("https://acme.eu.auth0.com:443/u/reset-password?ticket=a", tenant));
    const std::string foreign = GENERATE(
        as<std::string>{}, "http://acme.eu.auth0.com/u/reset-password?ticket=a",
        "http://acme.eu.auth0.com:443/u/reset-password?ticket=a", "https://acme.eu.auth0.com.evil.test/u?ticket=a",
        "https://evil.test/?u=https://acme.eu.auth0.com/", "https://acme.eu.auth0.com@evil.test/u?ticket=a",
        "https://u:p@acme.eu.auth0.com/u?ticket=a", "https://acme.eu.auth0.com:8443/u?ticket=a",
        "https://eu.auth0.com/u?ticket=a", "https://acme.eu.auth0.com", "https:acme.eu.auth0.com/u",
        "acme.eu.auth0.com/u", "//acme.eu.auth0.com/u", "javascript:alert(1)", "https://acme.eu.auth0.com/u?ticket=a b",
        "https://acme.eu.auth0.com/u\n?ticket=a", "https://127.0.0.1/u?ticket=a", "https://localhost/u?ticket=a", "",
        " ", "https://acme.eu.auth0.com/u?" + std::string(2000, 'x'));
    INFO(foreign);
    CHECK_FALSE(leads_to_tenant(foreign, tenant));
}

TEST_CASE("ticket: where calls go to loopback a link may lead there, and only there", "[auth0]")
{
    const Auth0Settings local = settings_at("http://127.0.0.1:9000/proxy");
    CHECK(leads_to_tenant("http://127.0.0.1:9000/u/reset-password?ticket=a", local));
    CHECK(leads_to_tenant(good_url, local));
    CHECK_FALSE(leads_to_tenant("http://127.0.0.1:9001/u?ticket=a", local));
    CHECK_FALSE(leads_to_tenant("http://127.0.0.1.evil.test:9000/u?ticket=a", local));
    CHECK_FALSE(leads_to_tenant("http://localhost:9000/u?ticket=a", local));
    CHECK(leads_to_tenant("https://localhost:9443/u?ticket=a", settings_at("https://localhost:9443/")));
    CHECK(leads_to_tenant("https://[::1]:9443/u?ticket=a", settings_at("https://[::1]:9443/")));
    // A proxy elsewhere is not where customers set passwords.
    const Auth0Settings proxied = settings_at("https://proxy.example.com/auth0/");
    CHECK_FALSE(leads_to_tenant("https://proxy.example.com/u?ticket=a", proxied));
    CHECK(leads_to_tenant(good_url, proxied));
}

TEST_CASE("ticket: a link to somewhere else is not handed on", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_post(tenant, answer(201, ticket_json("https://evil.test/u/reset-password?ticket=a#")));
    const auto ticket = make(tenant);
    CHECK(ticket.error().code == Errc::corrupt);
    CHECK(ticket.error().reason == "foreign_ticket");
}

TEST_CASE("ticket: refusals are their reasons, and what is not known may be asked again", "[auth0]")
{
    struct Row
    {
        int status;
        const char* body;
        Errc code;
        const char* reason;
    };
    const Row row = GENERATE(
        Row{400, R"({"statusCode":400,"message":"The user's main connection does not support this operation",
            "errorCode":"operation_not_supported"})",
            Errc::refused, "not_a_database_account"},
        Row{400, R"({"statusCode":400,"message":"The user does not have an email address."})", Errc::refused,
            "no_email_address"},
        Row{403, R"({"statusCode":403,"errorCode":"insufficient_scope"})", Errc::forbidden, "auth0_scope_missing"},
        Row{404, R"({"statusCode":404,"errorCode":"inexistent_user"})", Errc::not_found, "inexistent_user"},
        Row{409, R"({"statusCode":409,"errorCode":"custom_domain_conflict"})", Errc::forbidden,
            "custom_domain_conflict"},
        Row{500, "<html>", Errc::unavailable, "http_500"}, Row{201, "{}", Errc::unavailable, "unreadable_answer"},
        Row{201, "[]", Errc::unavailable, "unreadable_answer"},
        Row{201, R"({"ticket":7})", Errc::unavailable, "unreadable_answer"},
        Row{201, "", Errc::unavailable, "unreadable_answer"});
    Tenant tenant;
    tenant.expect_token();
    expect_post(tenant, answer(row.status, row.body));
    const auto ticket = make(tenant);
    REQUIRE(ticket.has_error());
    CHECK(name_of(ticket.error().code) == name_of(row.code));
    CHECK(ticket.error().reason == row.reason);
    CHECK(tenant.client.sent().size() == 2);
}
