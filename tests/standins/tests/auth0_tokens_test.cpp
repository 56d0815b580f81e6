#include "tests/standins/tests/auth0_support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace standins;
using namespace standins::auth0;
using namespace standins::auth0::test;

namespace {

Answer token_request(Tenant& tenant, const std::string& type, const std::string& body, TimeMs now = start)
{
    Request request;
    request.method = "POST";
    request.target = "/oauth/token";
    request.headers = {{"content-type", type}};
    request.body = body;
    return parsed(tenant.handle(request, now));
}

constexpr const char* form = "application/x-www-form-urlencoded";
constexpr const char* audience = "&audience=https%3A%2F%2Facme.eu.auth0.com%2Fapi%2Fv2%2F";

}  // namespace

TEST_CASE("client credentials fetch a token as a form and as JSON", "[auth0]")
{
    Fixture fixture;
    const auto by_form = token_request(
        fixture.tenant, form,
        std::string{"grant_type=client_credentials&client_id=bot&client_secret=bot-secret"} + audience);
    CHECK(by_form.status == 200);
    CHECK(by_form.text("/token_type") == "Bearer");
    CHECK(by_form.body.at("expires_in").as_int64() == 86400);
    CHECK(by_form.header("content-type") == "application/json");

    CHECK(fixture.client.log_in().status == 200);
    CHECK(fixture.client.get("/api/v2/users-by-email?email=nobody%40example.com").status == 200);
}

TEST_CASE("the token endpoint refuses in OAuth's form", "[auth0]")
{
    auto options = bot_options();
    options.clients[0].secrets = {"bot-secret", "next-secret"};
    ClientApp stranger;
    stranger.client_id = "stranger";
    stranger.secrets = {"s"};
    stranger.has_grant = false;
    ClientApp unfit = stranger;
    unfit.client_id = "unfit";
    unfit.may_use_client_credentials = false;
    options.clients.push_back(stranger);
    options.clients.push_back(unfit);
    Fixture fixture{options};
    const auto ask = [&](const std::string& client, const std::string& secret, const std::string& rest) {
        return token_request(
            fixture.tenant, form,
            "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret + rest);
    };

    CHECK(ask("bot", "next-secret", audience).status == 200);
    const auto wrong = ask("bot", "wrong", audience);
    CHECK(wrong.status == 401);
    CHECK(wrong.text("/error") == "access_denied");
    CHECK(wrong.text("/error_description") == "Unauthorized");
    CHECK(ask("nobody", "bot-secret", audience).status == 401);
    const auto ungranted = ask("stranger", "s", audience);
    CHECK(ungranted.status == 403);
    CHECK(ungranted.text("/error_description").find("client-grant") != std::string::npos);
    CHECK(ask("unfit", "s", audience).text("/error") == "unauthorized_client");
    CHECK(ask("bot", "bot-secret", "&audience=https%3A%2F%2Felsewhere%2F").status == 403);
    CHECK(ask("bot", "bot-secret", "").status == 403);
    CHECK(token_request(fixture.tenant, form, "client_id=bot").text("/error") == "invalid_request");
    CHECK(token_request(fixture.tenant, "text/plain", "x").status == 400);
}

TEST_CASE("a token serves its tenant, until it expires, for its scopes", "[auth0]")
{
    auto options = bot_options();
    options.token_lifetime_s = 60;
    ClientApp reader;
    reader.client_id = "reader";
    reader.secrets = {"r"};
    reader.scopes = {"read:users"};
    options.clients.push_back(reader);
    Fixture fixture{options};
    Client& client = fixture.client;
    const std::string users = "/api/v2/users-by-email?email=a%40example.com";

    client.now = start + 59'000;
    CHECK(client.get(users).status == 200);
    client.now = start + 61'000;
    const auto expired = client.get(users);
    CHECK(expired.status == 401);
    CHECK(expired.text("/message") == "Expired token received for JSON Web Token validation");
    CHECK(expired.text("/attributes/error") == expired.text("/message"));

    client.now = start;
    const std::string good = client.token;
    client.token = good.substr(0, good.size() - 2) + (good.ends_with("AA") ? "BB" : "AA");
    CHECK(client.get(users).text("/message") == "Invalid signature received for JSON Web Token validation");
    client.token = "opaque-token";
    const auto opaque = client.get(users);
    CHECK(opaque.status == 400);
    CHECK(opaque.text("/errorCode") == "Bearer");
    client.token.clear();
    CHECK(client.get(users).status == 401);

    client.token = good;
    fixture.tenant.forget_tokens();
    CHECK(client.get(users).status == 401);

    Client poor{fixture.tenant, "reader", "r"};
    poor.log_in();
    CHECK(poor.get(users).status == 200);
    const auto refused = poor.post("/api/v2/users", "{}");
    CHECK(refused.status == 403);
    CHECK(refused.text("/errorCode") == "insufficient_scope");
    CHECK(refused.text("/message") == "Insufficient scope, expected any of: create:users");
}

TEST_CASE("a token of another tenant is refused", "[auth0]")
{
    auto other = bot_options();
    other.domain = "other.eu.auth0.com";
    Fixture elsewhere{other};
    elsewhere.client.log_in("https://other.eu.auth0.com/api/v2/");
    Fixture fixture;
    fixture.client.token = elsewhere.client.token;
    const auto refused = fixture.client.get("/api/v2/users-by-email?email=a%40example.com");
    CHECK(refused.status == 401);
    CHECK(refused.text("/message") == "Bad audience: https://other.eu.auth0.com/api/v2/");
}

TEST_CASE("a token quota ends in its own 429", "[auth0]")
{
    auto options = bot_options();
    options.token_quota = 1;
    Fixture fixture{options};
    const auto second = fixture.client.log_in();
    CHECK(second.status == 429);
    CHECK(second.text("/error_description") == "Client quota exceeded");
    CHECK_FALSE(second.header("retry-after").empty());
}

TEST_CASE("a plan's limits are told in headers and enforced with a 429", "[auth0]")
{
    auto options = bot_options();
    options.plan = Plan::free;
    Fixture fixture{options};
    Client& client = fixture.client;
    const std::string target = "/api/v2/users-by-email?email=a%40example.com";

    const auto first = client.get(target);
    CHECK(first.header("x-ratelimit-limit") == "2");
    CHECK(first.header("x-ratelimit-remaining") == "1");
    CHECK(client.get(target).status == 200);
    const auto third = client.get(target);
    CHECK(third.status == 429);
    CHECK(third.text("/errorCode") == "too_many_requests");
    CHECK(third.text("/message") == "Global limit has been reached");
    CHECK(third.header("x-ratelimit-reset") == std::to_string(start / 1000 + 1));
    CHECK(third.header("retry-after").empty());

    client.now = start + 1000;
    CHECK(client.get(target).status == 200);
}

TEST_CASE("an essentials tenant limits each group by itself", "[auth0]")
{
    auto options = bot_options();
    options.plan = Plan::essentials;
    options.sends_retry_after = true;
    Fixture fixture{options};
    for (int i = 0; i < 5; ++i) CHECK(fixture.client.get("/api/v2/connections").status == 200);
    const auto refused = fixture.client.get("/api/v2/connections");
    CHECK(refused.status == 429);
    CHECK(refused.header("retry-after") == "2");  // 50 a minute
    CHECK(fixture.client.get("/api/v2/users-by-email?email=a%40example.com").status == 200);
}
