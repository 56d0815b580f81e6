#include "auth0/token_cache.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>

#include <vector>

using namespace countersign;
using namespace countersign::auth0;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::noon;
namespace asio = boost::asio;

namespace {

struct Endpoint
{
    asio::io_context context{1};
    test::ManualClock clock{noon};
    test::FakeHttpClient client{context};
    Auth0Settings settings = test::tenant_settings();
    TokenCache cache{settings, client, clock};

    Outcome<Secret> get() { return test::run(context, cache.get()); }
    void expect(int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {})
    {
        client.expect(http::Method::post, "oauth/token", answer(status, std::move(body), std::move(headers)));
    }
    void expect_token(std::string token, std::string expires_in = "86400")
    {
        expect(200, R"({"access_token":")" + token + R"(","expires_in":)" + expires_in + R"(,"token_type":"Bearer"})");
    }
};

asio::awaitable<void> keep(TokenCache& cache, std::vector<std::string>& out)
{
    const Outcome<Secret> token = co_await cache.get();
    out.emplace_back(token ? std::string{token->expose()} : std::string{name_of(token.error().code)});
}

// A caller that only its own cancellation may end.
void start(Endpoint& endpoint, std::vector<std::string>& out, asio::cancellation_slot slot = {})
{
    const auto done = [](std::exception_ptr) {};
    asio::co_spawn(endpoint.context, keep(endpoint.cache, out), asio::bind_cancellation_slot(slot, done));
}

}  // namespace

TEST_CASE("the token is asked for in the official form, for the canonical audience", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect_token("t1");
    const auto token = endpoint.get();
    REQUIRE(token.has_value());
    CHECK(token->expose() == "t1");

    REQUIRE(endpoint.client.sent().size() == 1);
    const auto& sent = endpoint.client.sent().front();
    CHECK(sent.target == "oauth/token");
    CHECK(sent.origin == endpoint.settings.origin);
    CHECK(sent.content_type == "application/x-www-form-urlencoded");
    CHECK(sent.deadline == 10s);
    CHECK(sent.bearer.empty());
    CHECK(
        sent.body ==
        "grant_type=client_credentials&client_id=client-1&client_secret=s3cr%26t%2B%3D%25"
        "&audience=https%3A%2F%2Facme.eu.auth0.com%2Fapi%2Fv2%2F");
}

TEST_CASE("a token is used until 60 s before its end", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect_token("t1", "86400");
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.set(noon + 86340s - 1ms);
    CHECK(endpoint.get()->expose() == "t1");
    CHECK(endpoint.client.sent().size() == 1);

    endpoint.clock.set(noon + 86340s);
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("a short token is used until a tenth of its life before its end", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect_token("t1", "100");
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(90s - 1ms);
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(1ms);
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("a lifetime that is absent or absurd is no reason to keep a token for long", "[auth0]")
{
    Endpoint endpoint;
    const std::string expires_in = GENERATE("null", "\"soon\"", "0", "-5", "1e300", "600");
    endpoint.expect_token("t1", expires_in);
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(1h);
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("a token whose lifetime is not said is used for nine minutes", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect(200, R"({"access_token":"t1","token_type":"Bearer"})");
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(9min - 1s);
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(1s);
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("a token is used for no longer than a tenant can let one live", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect_token("t1", "99999999");
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(24h * 30 - 61s);
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(1s);
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("a token ages with the time that goes by, whatever becomes of the date", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect_token("t1", "600");
    CHECK(endpoint.get().has_value());
    endpoint.clock.step(GENERATE(-1h, 1h, 24h * 400, -24h * 400));
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(540s - 1ms);
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.clock.advance(1ms);
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("ten callers at once make one token request", "[auth0]")
{
    Endpoint endpoint;
    endpoint.client.hold();
    std::vector<std::string> tokens;
    for (int i = 0; i < 10; ++i) start(endpoint, tokens);
    endpoint.context.poll();
    CHECK(endpoint.client.sent().size() == 1);
    CHECK(tokens.empty());

    endpoint.expect_token("t1");
    endpoint.client.release();
    endpoint.context.poll();
    CHECK(tokens == std::vector<std::string>(10, "t1"));
    CHECK(endpoint.client.sent().size() == 1);
    CHECK(endpoint.client.mistakes() == 0);
}

TEST_CASE("a token too short to keep still serves everybody who waited for it", "[auth0]")
{
    Endpoint endpoint;
    endpoint.client.hold();
    std::vector<std::string> tokens;
    for (int i = 0; i < 3; ++i) start(endpoint, tokens);
    endpoint.context.poll();
    endpoint.expect_token("t1", "0");
    endpoint.client.release();
    endpoint.context.poll();
    CHECK(tokens == std::vector<std::string>(3, "t1"));
}

TEST_CASE("a failure is shared by everybody who waited for it", "[auth0]")
{
    Endpoint endpoint;
    endpoint.client.hold();
    std::vector<std::string> tokens;
    for (int i = 0; i < 3; ++i) start(endpoint, tokens);
    endpoint.context.poll();
    endpoint.expect(503, "<html>");
    endpoint.client.release();
    endpoint.context.poll();
    CHECK(tokens == std::vector<std::string>(3, "unavailable"));
    CHECK(endpoint.client.sent().size() == 1);
}

TEST_CASE("when the first caller is cancelled, one who waits asks in its place", "[auth0]")
{
    Endpoint endpoint;
    endpoint.client.hold();
    std::vector<std::string> first;
    std::vector<std::string> others;
    asio::cancellation_signal cancel;
    start(endpoint, first, cancel.slot());
    for (int i = 0; i < 3; ++i) start(endpoint, others);
    endpoint.context.poll();
    REQUIRE(endpoint.client.sent().size() == 1);

    cancel.emit(asio::cancellation_type::all);
    endpoint.context.poll();
    CHECK(endpoint.client.sent().size() == 2);
    endpoint.expect_token("t1");
    endpoint.client.release();
    endpoint.context.poll();
    CHECK(first.empty());
    CHECK(others == std::vector<std::string>(3, "t1"));
    CHECK(endpoint.client.mistakes() == 0);
}

TEST_CASE("a caller who waits can be cancelled alone", "[auth0]")
{
    Endpoint endpoint;
    endpoint.client.hold();
    std::vector<std::string> first;
    std::vector<std::string> second;
    std::vector<std::string> third;
    asio::cancellation_signal cancel;
    start(endpoint, first);
    start(endpoint, second, cancel.slot());
    start(endpoint, third);
    endpoint.context.poll();
    cancel.emit(asio::cancellation_type::all);
    endpoint.context.poll();

    endpoint.expect_token("t1");
    endpoint.client.release();
    endpoint.context.poll();
    CHECK(first == std::vector<std::string>{"t1"});
    CHECK(second.empty());
    CHECK(third == std::vector<std::string>{"t1"});
    CHECK(endpoint.client.sent().size() == 1);
}

TEST_CASE("callers may be abandoned in mid-flight at shutdown", "[auth0]")
{
    std::vector<std::string> tokens;
    Endpoint endpoint;
    endpoint.client.hold();
    for (int i = 0; i < 3; ++i) start(endpoint, tokens);
    endpoint.context.poll();
    CHECK(endpoint.client.sent().size() == 1);
}

TEST_CASE("only the token that was refused is forgotten", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect_token("t1");
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.cache.invalidate(Secret{"t0"});
    CHECK(endpoint.get()->expose() == "t1");
    endpoint.cache.invalidate(Secret{"t1"});
    endpoint.expect_token("t2");
    CHECK(endpoint.get()->expose() == "t2");
    endpoint.cache.invalidate(Secret{"t1"});
    CHECK(endpoint.get()->expose() == "t2");
}

TEST_CASE("a permanent refusal is not asked for again within 30 s", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect(401, R"({"error":"access_denied","error_description":"Unauthorized"})");
    for (int i = 0; i < 5; ++i)
    {
        const auto token = endpoint.get();
        CHECK(token.error().code == Errc::forbidden);
        CHECK(token.error().reason == "auth0_credentials_refused");
        endpoint.clock.advance(5s);
    }
    CHECK(endpoint.client.sent().size() == 1);
    endpoint.clock.advance(5s);
    endpoint.expect_token("t1");
    CHECK(endpoint.get().has_value());
}

TEST_CASE("a rate limit of the token endpoint is obeyed for as long as it says", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect(429, R"({"error":"too_many_requests"})", {{"retry-after", "20"}});
    CHECK(endpoint.get().error().retry_after == 20s);
    endpoint.clock.advance(15s);
    CHECK(endpoint.get().error().code == Errc::rate_limited);
    CHECK(endpoint.get().error().retry_after == 5s);
    CHECK(endpoint.client.sent().size() == 1);
    endpoint.clock.advance(5s);
    endpoint.expect_token("t1");
    CHECK(endpoint.get().has_value());
}

TEST_CASE("a passing failure is not remembered", "[auth0]")
{
    Endpoint endpoint;
    endpoint.expect(500, "");
    CHECK(endpoint.get().error().code == Errc::unavailable);
    endpoint.client.expect(http::Method::post, "oauth/token", Problem{Errc::answer_lost});
    CHECK(endpoint.get().error().code == Errc::unavailable);
    endpoint.client.expect(http::Method::post, "oauth/token", Problem{Errc::unreachable});
    CHECK(endpoint.get().error().code == Errc::unreachable);
    endpoint.expect_token("t1");
    CHECK(endpoint.get().has_value());
}

TEST_CASE("a 200 without a token is no token", "[auth0]")
{
    Endpoint endpoint;
    const char* body = GENERATE(
        "", "<html>", "{}", "[]", "null", R"({"access_token":null})", R"({"access_token":7})", R"({"access_token":""})",
        R"({"access_token":{"a":"b"}})");
    endpoint.expect(200, body);
    CHECK(endpoint.get().error().code == Errc::unavailable);
}
