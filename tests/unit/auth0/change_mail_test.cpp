#include "tests/support/auth0_tenant.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::Tenant;

namespace {

Outcome<void> send(Tenant& tenant)
{
    return tenant.run(tenant.provider.send_change_mail(Email{"a+b@example.com"}, "Main"));
}

void expect_post(Tenant& tenant, Outcome<http::ClientResponse> reply)
{
    tenant.client.expect(http::Method::post, "dbconnections/change_password", std::move(reply));
}

}  // namespace

TEST_CASE("mail: asked for without a token, in the name of our application", "[auth0]")
{
    Tenant tenant;
    expect_post(
        tenant,
        answer(
            200, "We've just sent you an email to reset your password.",
            {{"content-type", "text/html; charset=utf-8"}}));
    CHECK(send(tenant).has_value());

    REQUIRE(tenant.client.sent().size() == 1);
    const auto& sent = tenant.client.sent().back();
    CHECK(sent.bearer.empty());
    CHECK(sent.content_type == "application/json");
    CHECK(
        boost::json::parse(sent.body) ==
        boost::json::parse(R"({"client_id":"client-1","email":"a+b@example.com","connection":"Main"})"));
    CHECK(sent.deadline == 20s);
}

TEST_CASE("mail: a refusal is none sent, and a lost answer leaves it open", "[auth0]")
{
    Tenant tenant;
    SECTION("refused")
    {
        expect_post(
            tenant, answer(GENERATE(400, 403, 404), R"({"error":"invalid_request","error_description":"connection"})"));
        const auto refused = send(tenant);
        CHECK(refused.error().code == Errc::refused);
        CHECK(refused.error().reason == "mail_refused");
    }
    SECTION("too many")
    {
        expect_post(tenant, answer(429, "", {{"retry-after", "30"}}));
        CHECK(send(tenant).error().code == Errc::rate_limited);
        // Its bucket is not the Management API's.
        tenant.expect_token();
        tenant.client.expect(http::Method::get, "api/v2/users/", answer(200, test::user_json("auth0|1")));
        CHECK(tenant.run(tenant.provider.read(Auth0UserId{"auth0|1"})).has_value());
    }
    SECTION("lost")
    {
        expect_post(
            tenant,
            GENERATE_COPY(
                Outcome<http::ClientResponse>{answer(500, "")},
                Outcome<http::ClientResponse>{Problem{Errc::answer_lost}}));
        CHECK(send(tenant).error().code == Errc::answer_lost);
    }
    SECTION("never left")
    {
        expect_post(tenant, Problem{Errc::unreachable});
        CHECK(send(tenant).error().code == Errc::unreachable);
    }
    CHECK(tenant.client.mistakes() == 0);
}
