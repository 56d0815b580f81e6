#include "tests/support/auth0_tenant.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::noon;
using countersign::test::Tenant;

namespace {

const std::string ours =
    R"({"date":"2026-11-22T12:00:05.000Z","type":"sapi","references":{"correlation_id":"rq-1"},)"
    R"("details":{"request":{"method":"patch","path":"/api/v2/users/auth0%7C1"},"response":{"statusCode":200}}})";

// A full page of records of others, all of one time.
std::string full_page(TimePoint at)
{
    std::string page = "[";
    for (int i = 0; i < 100; ++i)
        page += std::string{i > 0 ? "," : ""} + R"({"type":"sapi","date":")" + to_iso8601(at) + R"("})";
    return page + ']';
}

void expect_page(Tenant& tenant, int status, std::string body)
{
    tenant.client.expect(http::Method::get, "api/v2/logs?q=type", answer(status, std::move(body)));
}

// The newest record of all; its date, or a whole answer.
void expect_newest(Tenant& tenant, int status, std::string body)
{
    tenant.client.expect(http::Method::get, "api/v2/logs?sort=date%3A-1&per_page=1", answer(status, std::move(body)));
}
void expect_newest(Tenant& tenant, TimePoint at)
{
    expect_newest(tenant, 200, R"([{"type":"s","date":")" + to_iso8601(at) + R"("}])");
}

// Sent first at noon, and last five seconds later.
Outcome<LogEvidence> search(Tenant& tenant)
{
    SentChange change{RequestId{"rq-1"}, noon, noon + 5s};
    change.account = Auth0UserId{"auth0|1"};
    return tenant.run(tenant.provider.find_in_log(std::move(change)));
}

}  // namespace

TEST_CASE("log: a page that ends the log is the last one asked for", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_newest(tenant, 200, "[]");
    SECTION("with our change")
    {
        expect_page(tenant, 200, '[' + ours + ']');
        CHECK(*search(tenant) == LogEvidence::found);
    }
    SECTION("without it")
    {
        expect_page(tenant, 200, "[]");
        CHECK(*search(tenant) == LogEvidence::absent);
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("log: full pages are followed back to the time in question", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_newest(tenant, noon + 5s);
    expect_page(tenant, 200, full_page(noon + 1h));
    SECTION("found further back")
    {
        expect_page(tenant, 200, '[' + ours + ']');
        CHECK(*search(tenant) == LogEvidence::found);
        CHECK(tenant.client.sent().back().target.ends_with("&page=1"));
    }
    SECTION("past the time itself, as far as two clocks may differ")
    {
        expect_page(tenant, 200, full_page(noon - 5min));
        expect_page(tenant, 200, '[' + ours + ']');
        CHECK(*search(tenant) == LogEvidence::found);
    }
    SECTION("older than the change: not found")
    {
        expect_page(tenant, 200, full_page(noon - 5min - 1s));
        CHECK(*search(tenant) == LogEvidence::absent);
    }
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("log: a busy tenant is asked for a bounded number of pages", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    expect_newest(tenant, noon + 2h);
    for (std::size_t i = 0; i < Auth0IdentityProvider::log_pages_max; ++i)
        expect_page(tenant, 200, full_page(noon + 1h));
    CHECK(*search(tenant) == LogEvidence::absent);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("log: what cannot be asked is a problem and not an absence", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    SECTION("no scope")
    {
        expect_newest(tenant, 403, R"({"statusCode":403,"errorCode":"insufficient_scope"})");
        const auto refused = search(tenant);
        CHECK(refused.error().code == Errc::forbidden);
        CHECK(refused.error().reason == "auth0_scope_missing");
    }
    SECTION("no list")
    {
        if (GENERATE(true, false))
            expect_newest(tenant, 200, "{}");
        else
        {
            expect_newest(tenant, noon + 2h);
            expect_page(tenant, 200, "{}");
        }
        CHECK(search(tenant).error().code == Errc::unavailable);
    }
}

TEST_CASE("log: a change is ruled out only by a log that has come past its last send", "[auth0]")
{
    Tenant tenant;
    tenant.expect_token();
    SECTION("a younger record of anything, and none of ours")
    {
        expect_newest(tenant, noon + 5s + 1ms);
        expect_page(tenant, 200, "[]");
        CHECK(*search(tenant) == LogEvidence::ruled_out);
    }
    SECTION("also where what came before the first send fills the page")
    {
        expect_newest(tenant, noon + 1min);
        expect_page(tenant, 200, full_page(noon - 6min));
        CHECK(*search(tenant) == LogEvidence::ruled_out);
    }
    SECTION("nothing younger: it may still be to come")
    {
        expect_newest(tenant, noon + 5s);
        expect_page(tenant, 200, "[]");
        CHECK(*search(tenant) == LogEvidence::absent);
    }
    SECTION("a date that cannot be read is none")
    {
        expect_newest(tenant, 200, R"([{"type":"s","date":"later"}])");
        expect_page(tenant, 200, "[]");
        CHECK(*search(tenant) == LogEvidence::absent);
    }
    SECTION("ours is there")
    {
        expect_newest(tenant, noon + 1min);
        expect_page(tenant, 200, '[' + ours + ']');
        CHECK(*search(tenant) == LogEvidence::found);
    }
    SECTION("so long ago that the log may have forgotten it")
    {
        tenant.clock.set(noon + 20h);
        expect_newest(tenant, noon + 20h);
        expect_page(tenant, 200, "[]");
        CHECK(*search(tenant) == LogEvidence::absent);
    }
    CHECK(tenant.client.mistakes() == 0);
}
