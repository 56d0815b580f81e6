// What follows a change: sessions, refresh tokens, the second marker.
#include "tests/support/auth0_tenant.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::noon;
using countersign::test::Tenant;

namespace {

const Auth0UserId john{"auth0|1"};
const RequestId request{"rq-1"};

struct Step
{
    http::Method method;
    const char* target;
    const char* correlation_id;
    Outcome<void> (*take)(Tenant&);
};

const Step steps[] = {
    {http::Method::del, "api/v2/users/auth0%7C1/sessions", "rq-1.sessions",
     [](Tenant& tenant) { return tenant.run(tenant.provider.end_sessions(john, request)); }},
    {http::Method::del, "api/v2/users/auth0%7C1/refresh-tokens", "rq-1.tokens",
     [](Tenant& tenant) { return tenant.run(tenant.provider.revoke_refresh_tokens(john, request)); }},
    {http::Method::patch, "api/v2/users/auth0%7C1", "rq-1.mark",
     [](Tenant& tenant) {
         MustChange mark{john, request, noon, noon + 1234ms};
         return tenant.run(tenant.provider.mark_must_change(std::move(mark)));
     }},
};

}  // namespace

TEST_CASE("after-care: accepted is done, whatever the body, under an id that is no evidence of the change", "[auth0]")
{
    for (const Step& step : steps)
        for (const char* body : {"{}", "", "<html>"})
        {
            Tenant tenant;
            tenant.expect_token();
            tenant.client.expect(step.method, step.target, answer(202, body));
            CHECK(step.take(tenant).has_value());
            CHECK(tenant.client.sent().back().target == step.target);
            CHECK(tenant.client.sent().back().header("x-correlation-id") == step.correlation_id);
            CHECK(tenant.client.mistakes() == 0);
        }
}

TEST_CASE("after-care: what the plan lacks is told from what the application may not do", "[auth0]")
{
    for (const Step& step : steps)
    {
        Tenant tenant;
        tenant.expect_token();
        tenant.client.expect(
            step.method, step.target,
            answer(
                403,
                R"({"statusCode":403,"message":"Please upgrade your subscription","errorCode":"insufficient_entitlement"})"));
        CHECK(step.take(tenant).error().reason == "auth0_plan_missing");
        tenant.client.expect(
            step.method, step.target, answer(403, R"({"statusCode":403,"errorCode":"insufficient_scope"})"));
        const auto refused = step.take(tenant);
        CHECK(refused.error().code == Errc::forbidden);
        CHECK(refused.error().reason == "auth0_scope_missing");
    }
}

TEST_CASE("after-care: an account that is gone is not found", "[auth0]")
{
    for (const Step& step : steps)
    {
        Tenant tenant;
        tenant.expect_token();
        tenant.client.expect(
            step.method, step.target, answer(404, R"({"statusCode":404,"errorCode":"inexistent_user"})"));
        CHECK(step.take(tenant).error().code == Errc::not_found);
    }
}

TEST_CASE("after-care: a lost answer may be asked for again", "[auth0]")
{
    for (const Step& step : steps)
        for (const Outcome<http::ClientResponse>& reply :
             {Outcome<http::ClientResponse>{answer(500, "")}, Outcome<http::ClientResponse>{answer(408, "")},
              Outcome<http::ClientResponse>{Problem{Errc::answer_lost}}})
        {
            Tenant tenant;
            tenant.expect_token();
            tenant.client.expect(step.method, step.target, reply);
            CHECK(step.take(tenant).error().code == Errc::unavailable);
            CHECK(tenant.client.sent().size() == 2);
        }
}

TEST_CASE("after-care: half of the bucket is left to others", "[auth0]")
{
    const std::string reset = std::to_string(to_unix_s(noon) + 5);
    for (const Step& step : steps)
    {
        Tenant tenant;
        tenant.expect_token();
        tenant.client.expect(
            http::Method::get, "api/v2/users/",
            answer(
                200, test::user_json("auth0|1"),
                {{"x-ratelimit-limit", "50"}, {"x-ratelimit-remaining", "25"}, {"x-ratelimit-reset", reset}}));
        CHECK(tenant.run(tenant.provider.read(john)).has_value());
        tenant.client.expect(step.method, step.target, answer(200, "{}"));
        CHECK(step.take(tenant).has_value());
        CHECK(tenant.clock.now() == noon + 5s);
        CHECK(tenant.client.mistakes() == 0);
    }
}

TEST_CASE("after-care: the second marker is the whole object, and nothing but metadata", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    tenant.client.expect(http::Method::patch, "api/v2/users/auth0%7C1", answer(200, "{}"));
    CHECK(steps[2].take(tenant).has_value());
    const auto expected = boost::json::parse(
        R"({"app_metadata":{"countersign":{"request_id":"rq-1","reset_at":"2026-11-22T12:00:00.000Z",
            "must_change":true,"admin_lpr":"2026-11-22T12:00:01.234Z"}}})");
    CHECK(boost::json::parse(tenant.client.sent().back().body) == expected);
}
