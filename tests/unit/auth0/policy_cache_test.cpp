#include "auth0/policy_cache.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::auth0::PolicyCache;
using countersign::test::answer;
using countersign::test::noon;
using countersign::test::Tenant;

namespace {

std::string connection_json(const std::string& level)
{
    return R"([{"name":"Main DB","strategy":"auth0","options":{"passwordPolicy":")" + level + R"("}}])";
}

void expect_read(Tenant& tenant, int status, std::string body)
{
    tenant.client.expect(http::Method::get, "api/v2/connections?name=Main%20DB", answer(status, std::move(body)));
}

Outcome<ConnectionPolicy> read(Tenant& tenant, Freshness freshness = Freshness::recent)
{
    return tenant.run(tenant.provider.read_policy("Main DB", freshness));
}

}  // namespace

TEST_CASE("a policy is asked for once in ten minutes", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_read(tenant, 200, connection_json("good"));
    CHECK(read(tenant)->level == StrengthLevel::good);
    tenant.clock.advance(10min - 1ms);
    CHECK(read(tenant)->level == StrengthLevel::good);
    CHECK(tenant.client.sent().size() == 2);

    tenant.clock.advance(1ms);
    expect_read(tenant, 200, connection_json("fair"));
    CHECK(read(tenant)->level == StrengthLevel::fair);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("a policy that is wanted now is asked for, and then known to all", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_read(tenant, 200, connection_json("good"));
    expect_read(tenant, 200, connection_json("fair"));
    CHECK(read(tenant)->level == StrengthLevel::good);
    CHECK(read(tenant, Freshness::now)->level == StrengthLevel::fair);
    CHECK(read(tenant)->level == StrengthLevel::fair);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("a policy that cannot be read is asked for again, and does not displace the one that is known", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_read(tenant, 503, "");
    CHECK(read(tenant).error().code == Errc::unavailable);
    expect_read(tenant, 200, "[]");
    CHECK(read(tenant).error().code == Errc::not_found);
    expect_read(tenant, 200, connection_json("superb"));
    CHECK(read(tenant).error().reason == "policy_unknown");
    expect_read(tenant, 200, connection_json("good"));
    CHECK(read(tenant).has_value());
    expect_read(tenant, 500, "");
    CHECK(read(tenant, Freshness::now).error().code == Errc::unavailable);
    CHECK(read(tenant)->level == StrengthLevel::good);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("without the scope a policy is forbidden", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_read(tenant, 403, R"({"statusCode":403,"errorCode":"insufficient_scope"})");
    CHECK(read(tenant).error().reason == "auth0_scope_missing");
}

TEST_CASE("a policy is good for its time, whatever becomes of the date meanwhile", "[auth0]")
{
    test::ManualClock clock{noon};
    PolicyCache cache{clock};
    cache.keep(ConnectionPolicy{"Main"});
    CHECK(cache.find("Main"));
    CHECK_FALSE(cache.find("main"));
    clock.step(-1h);
    CHECK(cache.find("Main"));
    clock.advance(10min - 1ms);
    CHECK(cache.find("Main"));
    clock.step(24h);
    CHECK(cache.find("Main"));
    clock.advance(1ms);
    CHECK_FALSE(cache.find("Main"));
}

TEST_CASE("of too many policies the oldest is forgotten", "[auth0]")
{
    test::ManualClock clock{noon};
    PolicyCache cache{clock};
    for (std::size_t i = 0; i <= PolicyCache::connections_max; ++i)
    {
        cache.keep(ConnectionPolicy{"c" + std::to_string(i)});
        clock.advance(1ms);
    }
    CHECK_FALSE(cache.find("c0"));
    CHECK(cache.find("c1"));
    cache.keep(ConnectionPolicy{"c1"});
    CHECK(cache.find("c2"));
}
