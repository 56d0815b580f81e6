#include "handlers/ports/http_client.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::http;

TEST_CASE("an origin is read with its default port and a path that ends in a slash", "[auth0]")
{
    const auto origin = parse_origin("https://Tenant.EU.auth0.com");
    REQUIRE(origin.has_value());
    CHECK(origin->scheme == "https");
    CHECK(origin->host == "tenant.eu.auth0.com");
    CHECK(origin->port == "443");
    CHECK(origin->path == "/");
    CHECK(parse_origin("https://slack.com/api")->path == "/api/");
    CHECK(parse_origin("https://slack.com/api/")->path == "/api/");
    CHECK(parse_origin("https://slack.com:8443/")->port == "8443");
}

TEST_CASE("plain http goes to loopback", "[auth0]")
{
    CHECK(
        parse_origin(GENERATE("http://127.0.0.1:3000/", "http://127.9.9.9", "http://[::1]:80/", "http://localhost:1/"))
            .has_value());
}

TEST_CASE("plain http goes nowhere else", "[auth0]")
{
    CHECK(
        parse_origin(
            GENERATE("http://tenant.auth0.com/", "http://10.0.0.1/", "http://localhost.evil.test/", "http://[::2]/"))
            .error() == Errc::forbidden);
}

TEST_CASE("an IPv6 origin has no brackets in its host", "[auth0]")
{
    CHECK(parse_origin("http://[::1]:3000/")->host == "::1");
}

TEST_CASE("what is no base URL is malformed", "[auth0]")
{
    const std::string text = GENERATE(
        as<std::string>{}, "", "tenant.auth0.com", "//tenant.auth0.com", "ftp://a/", "https://", "https:///a",
        "https://user@a/", "https://user:pw@a/", "https://a/?q", "https://a/#f", "https://a b/",
        "http://127.0.0.1.evil.test/", "https://127.0.0.1evil.test/", "javascript:alert(1)",
        "https://" + std::string(2000, 'a'));
    CAPTURE(text);
    CHECK(parse_origin(text).error() == Errc::malformed);
}

TEST_CASE("everything but unreserved characters is encoded, plus included", "[auth0]")
{
    CHECK(encode("a+b@c.d") == "a%2Bb%40c.d");
    CHECK(encode("AZaz09-._~") == "AZaz09-._~");
    CHECK(encode("auth0|1/2?#& ") == "auth0%7C1%2F2%3F%23%26%20");
    CHECK(encode("\xc3\xa9") == "%C3%A9");
    CHECK(encode_form({{"a", "1&2"}, {"b c", ""}}) == "a=1%262&b%20c=");
}

TEST_CASE("Retry-After is read as seconds or as a date, and clamped", "[auth0]")
{
    const std::chrono::sys_seconds now{std::chrono::seconds{784'111'777}};  // Sun, 06 Nov 1994 08:49:37 GMT
    const auto wait = [now](std::string value) {
        ClientResponse response;
        response.headers = {{"retry-after", std::move(value)}};
        return retry_after(response, now);
    };
    CHECK(wait("7") == std::chrono::seconds{7});
    CHECK(wait("0") == std::chrono::seconds{1});
    CHECK(wait("-5") == std::chrono::seconds{1});
    CHECK(wait("86400") == std::chrono::seconds{60});
    CHECK(wait("Sun, 06 Nov 1994 08:49:57 GMT") == std::chrono::seconds{20});
    CHECK(wait("Sun, 06 Nov 1994 08:00:00 GMT") == std::chrono::seconds{1});
    CHECK_FALSE(wait("soon"));
    CHECK_FALSE(wait("7 s"));
    CHECK_FALSE(wait("99999999999999999999"));
    CHECK_FALSE(retry_after(ClientResponse{}, now));
}
