#include "tests/support/auth0_tenant.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::noon;
using countersign::test::Tenant;
using countersign::test::user_json;

namespace {

NewAccount new_john()
{
    NewAccount john{"Main", Email{"john.doe@example.com"}, RequestId{"rq-1"}, noon};
    john.given_name = "John";
    john.family_name = "Doe";
    john.email_verified = true;
    return john;
}

Outcome<Account> create(Tenant& tenant, NewAccount account = new_john(), std::string password = "first-Pass-1")
{
    return tenant.run(tenant.provider.create_account(std::move(account), Secret{password}));
}

void expect_post(Tenant& tenant, Outcome<http::ClientResponse> reply)
{
    tenant.client.expect(http::Method::post, "api/v2/users", std::move(reply));
}

std::string error_json(int status, const std::string& message, const std::string& code)
{
    return R"({"statusCode":)" + std::to_string(status) + R"(,"error":"x","message":")" + message +
        R"(","errorCode":")" + code + "\"}";
}

boost::json::value sent_body(Tenant& tenant) { return boost::json::parse(tenant.client.sent().back().body); }

}  // namespace

TEST_CASE("create: the body holds what the account is to be, our marker, and nothing else", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_post(tenant, answer(201, user_json("auth0|1")));
    const auto account = create(tenant, new_john(), "$John!O\"Neil\\$!");
    REQUIRE(account.has_value());
    CHECK(account->id.str() == "auth0|1");

    const auto& sent = tenant.client.sent().back();
    CHECK(sent.target == "api/v2/users");
    CHECK(sent.header("x-correlation-id") == "rq-1");
    CHECK(sent.content_type == "application/json");
    CHECK(sent.deadline == 20s);
    CHECK(
        sent_body(tenant) ==
        boost::json::parse(
            R"({"connection":"Main","email":"john.doe@example.com","password":"$John!O\"Neil\\$!","given_name":"John",
        "family_name":"Doe","name":"John Doe","email_verified":true,"verify_email":false,
        "app_metadata":{"countersign":{"request_id":"rq-1","reset_at":"2026-11-22T12:00:00.000Z","must_change":true}}})"));
}

TEST_CASE("create: a name that is missing is left out, and the other one is the whole name", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    NewAccount account = new_john();
    account.email_verified = false;
    account.verify_email = true;
    SECTION("no family name")
    {
        account.family_name.clear();
        expect_post(tenant, answer(201, user_json("auth0|1")));
        CHECK(create(tenant, std::move(account)).has_value());
        CHECK(sent_body(tenant).at("name").as_string() == "John");
        CHECK_FALSE(sent_body(tenant).as_object().contains("family_name"));
    }
    SECTION("no name at all")
    {
        account.given_name.clear();
        account.family_name.clear();
        expect_post(tenant, answer(201, user_json("auth0|1")));
        CHECK(create(tenant, std::move(account)).has_value());
        for (const char* key : {"name", "given_name", "family_name"})
            CHECK_FALSE(sent_body(tenant).as_object().contains(key));
    }
    CHECK_FALSE(sent_body(tenant).at("email_verified").as_bool());
    CHECK(sent_body(tenant).at("verify_email").as_bool());
}

TEST_CASE("create: names of any letters and of the greatest length fit", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    NewAccount account = new_john();
    account.given_name.clear();
    for (int i = 0; i < 150; ++i) account.given_name += "\xf0\x9f\x98\x80";
    account.family_name = std::string(150, '"');
    const std::string name = account.given_name + " " + account.family_name;
    expect_post(tenant, answer(201, user_json("auth0|1")));
    CHECK(create(tenant, std::move(account)).has_value());
    CHECK(sent_body(tenant).at("name").as_string() == name);
}

TEST_CASE("create: every refusal comes back as its reason, without Auth0's words", "[auth0]")
{
    struct Row
    {
        int status;
        const char* message;
        const char* code;
        Errc problem;
        const char* reason;
    };
    const Row row = GENERATE(
        Row{409, "The user already exists.", "auth0_idp_error", Errc::refused, "account_exists"},
        Row{409, "The tenant has multiple verified custom domains.", "custom_domain_conflict", Errc::forbidden,
            "custom_domain_conflict"},
        Row{400, "PasswordStrengthError: Password is too weak", "", Errc::refused, "password_too_weak"},
        Row{400, "PasswordDictionaryError: Password is too common", "", Errc::refused, "password_too_common"},
        Row{400, "PasswordNoUserInfoError: Password contains user information", "", Errc::refused,
            "password_has_personal_data"},
        Row{400, "The connection does not exist.", "inexistent_connection", Errc::refused, "not_a_database_connection"},
        Row{400, "Connection is not supported for this operation.", "operation_not_supported", Errc::refused,
            "not_a_database_connection"},
        Row{400, "Connection is disabled.", "", Errc::refused, "connection_disabled"},
        Row{400, "Payload validation error: 'x' on property email.", "invalid_body", Errc::refused, "invalid_request"},
        Row{403, "Insufficient scope, expected any of: create:users", "insufficient_scope", Errc::forbidden,
            "auth0_scope_missing"});
    Tenant tenant;
    tenant.expect_token();
    INFO(row.message);
    expect_post(tenant, answer(row.status, error_json(row.status, row.message, row.code)));
    const auto refused = create(tenant);
    REQUIRE(refused.has_error());
    CHECK(name_of(refused.error().code) == name_of(row.problem));
    CHECK(refused.error().reason == row.reason);
    CHECK(tenant.client.sent().size() == 2);
}

TEST_CASE("create: whether a lost answer made an account is open, and it is not sent again", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    SECTION("lost")
    {
        expect_post(
            tenant,
            GENERATE_COPY(
                Outcome<http::ClientResponse>{answer(500, "")}, Outcome<http::ClientResponse>{answer(408, "")},
                Outcome<http::ClientResponse>{Problem{Errc::answer_lost}}));
        CHECK(create(tenant).error().code == Errc::answer_lost);
    }
    SECTION("unreadable, or somebody else")
    {
        const std::string body =
            GENERATE("", "{}", "[]", "<html>", user_json("auth0|2", "else@example.com"), R"({"user_id":"auth0|1"})");
        expect_post(tenant, answer(201, body));
        CHECK(create(tenant).error().code == Errc::answer_lost);
    }
    SECTION("never left")
    {
        expect_post(tenant, Problem{Errc::unreachable});
        CHECK(create(tenant).error().code == Errc::unreachable);
    }
    CHECK(tenant.client.sent().size() == 2);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("create: the password is in one request's body and nowhere else", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_post(tenant, answer(201, user_json("auth0|1")));
    CHECK(create(tenant, new_john(), "C4NARY-pass").has_value());
    int bodies = 0;
    for (const auto& sent : tenant.client.sent())
    {
        if (sent.body.find("C4NARY") != std::string::npos) ++bodies;
        std::string rest = sent.target + sent.bearer + sent.content_type;
        for (const auto& [name, value] : sent.headers) rest += name + value;
        CHECK(rest.find("C4NARY") == std::string::npos);
    }
    CHECK(bodies == 1);
}
