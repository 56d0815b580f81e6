#include "auth0/management_api.hpp"

#include "tests/support/auth0_tenant.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign;
using namespace countersign::auth0;
using namespace std::chrono_literals;
using countersign::test::answer;
using countersign::test::noon;

namespace {

constexpr const char* opaque_token = R"({"statusCode":400,"error":"Bad Request","message":"m","errorCode":"Bearer"})";

struct Api
{
    boost::asio::io_context context{1};
    test::ManualClock clock{noon};
    test::FakeHttpClient client{context};
    Auth0Settings settings = test::tenant_settings();
    ManagementApi api{settings, client, clock, clock};

    void expect_token(const std::string& token = "t1")
    {
        client.expect(
            http::Method::post, "oauth/token",
            answer(200, R"({"access_token":")" + token + R"(","expires_in":86400})"));
    }
    void expect(http::Method method, Outcome<http::ClientResponse> reply, std::function<void()> meanwhile = {})
    {
        client.expect(method, "api/v2/x", std::move(reply), std::move(meanwhile));
    }
    Outcome<ResponseBody> get()
    {
        TimeBudget budget{clock.steady()};
        return test::run(context, api.get("x_read", "api/v2/x", budget));
    }
    Outcome<ResponseBody> patch()
    {
        Call call{http::Method::patch, "x_write", "api/v2/x"};
        call.effect = Effect::change;
        call.priority = Priority::change;
        call.correlation_id = "rq-1";
        call.body.emplace(R"({"a":1})");
        return perform(std::move(call));
    }
    Outcome<ResponseBody> perform(Call call)
    {
        TimeBudget budget{clock.steady()};
        return test::run(context, api.perform(std::move(call), budget));
    }
    // How often a request of this method was sent.
    auto count(http::Method method) const
    {
        const auto& sent = client.sent();
        return std::count_if(sent.begin(), sent.end(), [method](const auto& one) { return one.method == method; });
    }
};

}  // namespace

TEST_CASE("a read carries the token and the product's name, and changes nothing", "[auth0]")
{
    Api tenant;
    tenant.expect_token("t1");
    tenant.expect(http::Method::get, answer(200, R"({"a":1})"));
    const auto read = tenant.get();
    REQUIRE(read.has_value());
    CHECK(read->json.at("a") == 1);

    const auto& sent = tenant.client.sent().back();
    CHECK(sent.bearer == "t1");
    CHECK(sent.deadline == 10s);
    CHECK(sent.content_type.empty());
    CHECK(sent.body.empty());
    CHECK(sent.header("x-correlation-id").empty());
    // {"name":"countersign","version":"...
    CHECK(sent.header("auth0-client").starts_with("eyJuYW1lIjoiY291bnRlcnNpZ24iLCJ2ZXJzaW9uIjoi"));
    CHECK(sent.header("auth0-client").find_first_of("+/=") == std::string::npos);
    CHECK(sent.header("accept-encoding").empty());
}

TEST_CASE("a write carries its correlation id and has 20 s", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(http::Method::patch, answer(200, "{}"));
    CHECK(tenant.patch().has_value());
    const auto& sent = tenant.client.sent().back();
    CHECK(sent.header("x-correlation-id") == "rq-1");
    CHECK(sent.content_type == "application/json");
    CHECK(sent.body == R"({"a":1})");
    CHECK(sent.deadline == 20s);
}

TEST_CASE("a refused token is fetched anew once and the call sent again once", "[auth0]")
{
    Api tenant;
    const auto refusal = GENERATE_COPY(answer(401, "Unauthorized"), answer(400, opaque_token));
    tenant.expect_token("t1");
    tenant.expect(http::Method::patch, refusal);
    tenant.expect_token("t2");
    tenant.expect(http::Method::patch, answer(200, "{}"));
    CHECK(tenant.patch().has_value());
    CHECK(tenant.client.sent().at(1).bearer == "t1");
    CHECK(tenant.client.sent().at(3).bearer == "t2");
    CHECK(tenant.client.sent().at(1).body == tenant.client.sent().at(3).body);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("a token that is refused twice is a fault of the configuration", "[auth0]")
{
    Api tenant;
    tenant.expect_token("t1");
    tenant.expect(http::Method::get, answer(401, ""));
    tenant.expect_token("t2");
    SECTION("401")
    {
        tenant.expect(http::Method::get, answer(401, ""));
        CHECK(tenant.get().error().reason == "auth0_token_refused");
    }
    SECTION("400 Bearer")
    {
        tenant.expect(http::Method::get, answer(400, opaque_token));
        CHECK(tenant.get().error().reason == "auth0_audience_misconfigured");
    }
    CHECK(tenant.count(http::Method::get) == 2);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("a write is sent once, whatever becomes of its answer", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    SECTION("5xx, 408, unreadable")
    {
        const int status = GENERATE(500, 502, 503, 504, 408, 200, 201, 204, 302);
        tenant.expect(http::Method::patch, answer(status, "<html>"));
        CHECK(tenant.patch().error().code == Errc::answer_lost);
    }
    SECTION("lost by the client")
    {
        tenant.expect(http::Method::patch, Problem{Errc::answer_lost});
        CHECK(tenant.patch().error().code == Errc::answer_lost);
    }
    SECTION("never left")
    {
        tenant.expect(http::Method::patch, Problem{Errc::unreachable});
        CHECK(tenant.patch().error().code == Errc::unreachable);
    }
    SECTION("refused")
    {
        tenant.expect(http::Method::patch, answer(GENERATE(400, 403, 404, 409), "{}"));
        CHECK(tenant.patch().has_error());
    }
    CHECK(tenant.count(http::Method::patch) == 1);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("a read that fails is unavailable and not repeated", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(
        http::Method::get,
        GENERATE_COPY(
            Outcome<http::ClientResponse>{answer(500, "<html>")}, Outcome<http::ClientResponse>{answer(200, "{\"a\":")},
            Outcome<http::ClientResponse>{answer(408, "")}, Outcome<http::ClientResponse>{Problem{Errc::answer_lost}}));
    CHECK(tenant.get().error().code == Errc::unavailable);
    CHECK(tenant.client.sent().size() == 2);
}

TEST_CASE("without a token a write is known not to have been sent", "[auth0]")
{
    Api tenant;
    tenant.client.expect(http::Method::post, "oauth/token", answer(503, ""));
    CHECK(tenant.patch().error().code == Errc::unreachable);
    tenant.client.expect(http::Method::post, "oauth/token", answer(503, ""));
    CHECK(tenant.get().error().code == Errc::unavailable);
    tenant.client.expect(http::Method::post, "oauth/token", answer(401, R"({"error":"access_denied"})"));
    CHECK(tenant.patch().error().reason == "auth0_credentials_refused");
}

TEST_CASE("an empty bucket is waited for, by reads and writes", "[auth0]")
{
    Api tenant;
    const std::string reset = std::to_string(to_unix_s(noon) + 5);
    tenant.expect_token();
    tenant.expect(http::Method::get, answer(200, "{}", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", reset}}));
    CHECK(tenant.get().has_value());
    SECTION("a read")
    {
        tenant.expect(http::Method::get, answer(200, "{}"));
        CHECK(tenant.get().has_value());
    }
    SECTION("a write")
    {
        tenant.expect(http::Method::patch, answer(200, "{}"));
        CHECK(tenant.patch().has_value());
    }
    CHECK(tenant.clock.now() == noon + 5s);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("after a 429 a call is sent again when it may, also a write: it was refused before any change", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(http::Method::patch, answer(429, "{}", {{"retry-after", "9"}}));
    tenant.expect(http::Method::patch, answer(429, "{}"));
    tenant.expect(http::Method::patch, answer(200, "{}"));
    CHECK(tenant.patch().has_value());
    CHECK(tenant.clock.now() == noon + 10s);
    CHECK(tenant.client.sent().at(1).body == tenant.client.sent().at(3).body);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("a call waits for a minute in all, then says for how long the tenant has no room", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(http::Method::patch, answer(429, "{}", {{"retry-after", "40"}}));
    tenant.expect(http::Method::patch, answer(429, "{}", {{"retry-after", "21"}}));
    const auto refused = tenant.patch();
    CHECK(refused.error().code == Errc::rate_limited);
    CHECK(refused.error().reason == "own_pacing");
    CHECK(refused.error().retry_after == 21s);
    CHECK(tenant.clock.now() == noon + 40s);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("what has answers already waits for two minutes and a half in all: they would be asked for again", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    const bool has_answers = GENERATE(false, true);
    TimeBudget budget{tenant.clock.steady()};
    if (has_answers) budget.answered();
    for (int i = 0; i < 3; ++i) tenant.expect(http::Method::get, answer(429, "{}", {{"retry-after", "50"}}));
    tenant.expect(http::Method::get, answer(429, "{}"));
    const auto read = test::run(tenant.context, tenant.api.get("x_read", "api/v2/x", budget));
    CHECK(read.error().code == Errc::rate_limited);
    CHECK(tenant.clock.now() == noon + (has_answers ? 150s : 50s));
    CHECK(tenant.count(http::Method::get) == (has_answers ? 4 : 2));
}

TEST_CASE("waiting for room takes nothing of a call's 25 s", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(http::Method::patch, answer(429, "{}", {{"retry-after", "59"}}));
    tenant.expect(http::Method::patch, answer(200, "{}"));
    CHECK(tenant.patch().has_value());
    CHECK(tenant.client.sent().back().deadline == 20s);
}

TEST_CASE("a call ends within its 25 s", "[auth0]")
{
    Api tenant;
    SECTION("a slow token leaves the write what is left")
    {
        tenant.client.expect(
            http::Method::post, "oauth/token", answer(200, R"({"access_token":"t1","expires_in":86400})"),
            [&tenant] { tenant.clock.advance(9s); });
        tenant.expect(http::Method::patch, answer(200, "{}"));
        CHECK(tenant.patch().has_value());
        CHECK(tenant.client.sent().back().deadline == 16s);
    }
    SECTION("a late refusal of the token is not followed by a second try")
    {
        tenant.expect_token();
        tenant.expect(http::Method::patch, answer(401, ""), [&tenant] { tenant.clock.advance(19s); });
        CHECK(tenant.patch().error().code == Errc::unreachable);
        CHECK(tenant.client.sent().size() == 2);
    }
}

TEST_CASE("a delete carries its correlation id and no body, and has 20 s", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(http::Method::del, answer(202, "{}"));
    Call call{http::Method::del, "x_delete", "api/v2/x"};
    call.correlation_id = "rq-1.x";
    CHECK(tenant.perform(std::move(call)).has_value());
    const auto& sent = tenant.client.sent().back();
    CHECK(sent.method == http::Method::del);
    CHECK(sent.header("x-correlation-id") == "rq-1.x");
    CHECK(sent.content_type.empty());
    CHECK(sent.body.empty());
    CHECK(sent.deadline == 20s);
}

TEST_CASE("where the status says everything, the body of a success does not matter, and only there", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    const bool wants_body = GENERATE(true, false);
    const std::string body = GENERATE("", "<html>", "{\"a\":");
    tenant.expect(http::Method::del, answer(GENERATE(200, 202, 204), body));
    Call call{http::Method::del, "x_delete", "api/v2/x"};
    call.wants_body = wants_body;
    CHECK(tenant.perform(std::move(call)).has_value() != wants_body);
}

TEST_CASE("a write that may be sent again is unavailable when nobody knows what became of it", "[auth0]")
{
    Api tenant;
    tenant.expect_token();
    tenant.expect(
        http::Method::del,
        GENERATE_COPY(
            Outcome<http::ClientResponse>{answer(500, "")}, Outcome<http::ClientResponse>{answer(408, "")},
            Outcome<http::ClientResponse>{Problem{Errc::answer_lost}}));
    CHECK(tenant.perform(Call{http::Method::del, "x_delete", "api/v2/x"}).error().code == Errc::unavailable);
    CHECK(tenant.count(http::Method::del) == 1);
}

TEST_CASE("a bucket that runs low is left to the change", "[auth0]")
{
    Api tenant;
    const std::string reset = std::to_string(to_unix_s(noon) + 5);
    const auto low =
        answer(200, "{}", {{"x-ratelimit-limit", "40"}, {"x-ratelimit-remaining", "4"}, {"x-ratelimit-reset", reset}});
    tenant.expect_token();
    tenant.expect(http::Method::get, low);
    CHECK(tenant.get().has_value());
    tenant.expect(http::Method::patch, low);
    CHECK(tenant.patch().has_value());
    CHECK(tenant.clock.now() == noon);
    tenant.expect(http::Method::get, low);
    CHECK(tenant.get().has_value());
    CHECK(tenant.clock.now() == noon + 5s);
    CHECK(tenant.client.mistakes() == 0);
}

TEST_CASE("what Auth0 itself says is an answer; silence, and an answer that nothing works, are none", "[auth0]")
{
    Api tenant;
    const auto fails = [&tenant] {
        tenant.clock.advance(Reach::away_after);
        CHECK(tenant.get().has_error());
        return tenant.api.reach().is_away(tenant.clock.steady());
    };
    tenant.expect_token();
    tenant.expect(http::Method::get, answer(503, ""));
    CHECK_FALSE(fails());
    tenant.expect(http::Method::get, Problem{Errc::unreachable, "refused"});
    CHECK(fails());
    tenant.expect(http::Method::get, Problem{Errc::answer_lost, "timed_out"});
    CHECK(fails());
    tenant.expect(http::Method::get, answer(404, R"({"errorCode":"inexistent_user"})"));
    CHECK_FALSE(fails());
    tenant.expect(http::Method::get, answer(500, ""));
    CHECK_FALSE(fails());
}

TEST_CASE("a token endpoint that does not answer is Auth0 not answering", "[auth0]")
{
    Api tenant;
    for (int tries = 0; tries < 2; ++tries)
    {
        tenant.clock.advance(Reach::away_after);
        tenant.client.expect(http::Method::post, "oauth/token", Problem{Errc::unreachable, "refused"});
        CHECK(tenant.get().has_error());
        CHECK(tenant.api.reach().is_away(tenant.clock.steady()) == (tries == 1));
    }
}
