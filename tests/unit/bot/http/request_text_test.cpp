#include "bot/http/request_text.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace countersign::http;

namespace {

ClientRequest make_request(Method method, std::string target)
{
    return ClientRequest{method, *parse_origin("https://tenant.test/base"), std::move(target), std::chrono::seconds{1}};
}

std::string wire_of(const ClientRequest& request) { return std::string{to_wire(request, "countersign/1")->expose()}; }

}  // namespace

TEST_CASE("a request without a body is its line and its headers", "[http]")
{
    auto request = make_request(Method::get, "api/v2/users?q=a");
    request.headers = {{"X-Correlation-ID", "rq-1"}};
    CHECK(
        wire_of(request) ==
        "GET /base/api/v2/users?q=a HTTP/1.1\r\nHost: tenant.test\r\nUser-Agent: countersign/1\r\n"
        "X-Correlation-ID: rq-1\r\n\r\n");
}

TEST_CASE("a request with a body and a token carries both, measured", "[http]")
{
    auto request = make_request(Method::patch, "users/1");
    request.bearer.emplace("token");
    request.content_type = "application/json";
    request.body.emplace("{}");
    CHECK(
        wire_of(request) ==
        "PATCH /base/users/1 HTTP/1.1\r\nHost: tenant.test\r\nUser-Agent: countersign/1\r\nAuthorization: Bearer "
        "token\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_CASE("a POST and a PATCH without a body say that it is empty", "[http]")
{
    const auto method = GENERATE(Method::post, Method::patch);
    CHECK_THAT(wire_of(make_request(method, "a")), Catch::Contains("\r\nContent-Length: 0\r\n"));
    CHECK_THAT(wire_of(make_request(Method::del, "a")), !Catch::Contains("Content-Length"));
}

TEST_CASE("a secret target takes the place of the open one", "[http]")
{
    auto request = make_request(Method::post, "open");
    request.secret_target.emplace("commands/secret");
    CHECK_THAT(wire_of(request), Catch::StartsWith("POST /base/commands/secret HTTP/1.1\r\n"));
}

TEST_CASE("Host names a port that is not the scheme's own, and brackets IPv6", "[http]")
{
    auto request = make_request(Method::get, "");
    request.origin = *parse_origin("https://tenant.test:8443");
    CHECK_THAT(wire_of(request), Catch::Contains("\r\nHost: tenant.test:8443\r\n"));
    request.origin = *parse_origin("http://[::1]:8080");
    CHECK_THAT(wire_of(request), Catch::Contains("\r\nHost: [::1]:8080\r\n"));
    request.origin = *parse_origin("http://127.0.0.1");
    CHECK_THAT(wire_of(request), Catch::Contains("\r\nHost: 127.0.0.1\r\n"));
}

TEST_CASE("what could begin another line or request is refused", "[http]")
{
    auto request = make_request(Method::post, "a");
    SECTION("in the target") { request.target = GENERATE("a b", "a\r\nX: y", "a\n", "a\tb", "caf\xc3\xa9", "a#b"); }
    SECTION("in the secret target") { request.secret_target.emplace(GENERATE("a b", "a\r\nX: y")); }
    SECTION("in a value")
    {
        request.headers = {{"X-A", GENERATE(as<std::string>{}, "b\r\nX: y", "b\n", "b\r", std::string("b\0", 2))}};
    }
    SECTION("in a name") { request.headers = {{GENERATE("X-A:", "X A", "", "X\r\n"), "b"}}; }
    SECTION("in the content type") { request.content_type = "a\r\nX: y"; }
    SECTION("in the token") { request.bearer.emplace("a\r\nX: y"); }
    SECTION("by a header that is ours")
    {
        request.headers = {
            {GENERATE(
                 "Host", "content-length", "Transfer-Encoding", "CONNECTION", "Authorization", "Content-Type",
                 "USER-agent"),
             "b"}};
    }
    CHECK(to_wire(request, "countersign/1").error() == Errc::malformed);
}

TEST_CASE("the base of an origin is held to the rules of a target", "[http]")
{
    auto request = make_request(Method::get, "a");
    request.origin.path = GENERATE("/a b/", "/a#/", "/\x7f/");
    CHECK(to_wire(request, "countersign/1").error() == Errc::malformed);
}

TEST_CASE("what is like one of our headers, and not it, is sent", "[http]")
{
    auto request = make_request(Method::get, "a~!%7C?b");
    request.headers = {{"Hosts", "b c~!"}, {"X-Host", "1"}, {"Z9-a", ""}};
    CHECK_THAT(wire_of(request), Catch::Contains("\r\nHosts: b c~!\r\nX-Host: 1\r\nZ9-a: \r\n"));
    CHECK_THAT(wire_of(request), Catch::StartsWith("GET /base/a~!%7C?b HTTP/1.1\r\n"));
}

TEST_CASE("each method is sent under its name", "[http]")
{
    CHECK_THAT(wire_of(make_request(Method::get, "")), Catch::StartsWith("GET /base/ HTTP/1.1\r\n"));
    CHECK_THAT(wire_of(make_request(Method::post, "")), Catch::StartsWith("POST /base/ HTTP/1.1\r\n"));
    CHECK_THAT(wire_of(make_request(Method::patch, "")), Catch::StartsWith("PATCH /base/ HTTP/1.1\r\n"));
    CHECK_THAT(wire_of(make_request(Method::del, "")), Catch::StartsWith("DELETE /base/ HTTP/1.1\r\n"));
}

TEST_CASE("a port that is the other scheme's own is named", "[http]")
{
    auto request = make_request(Method::get, "");
    request.origin = *parse_origin("https://tenant.test:80");
    CHECK_THAT(wire_of(request), Catch::Contains("\r\nHost: tenant.test:80\r\n"));
    request.origin = *parse_origin("http://127.0.0.1:443");
    CHECK_THAT(wire_of(request), Catch::Contains("\r\nHost: 127.0.0.1:443\r\n"));
}

TEST_CASE("there is room for a request of any size", "[http]")
{
    const std::string much(5'000, 'x');
    auto request = make_request(Method::post, much);
    request.origin.path = "/" + much + "/";
    request.origin.host = much;
    request.content_type = much;
    request.bearer.emplace(much);
    request.body.emplace(much);
    for (int i = 0; i < 20; ++i) request.headers.emplace_back("X-" + std::string(1'000, 'a'), std::string(1'000, 'b'));
    const auto wire = to_wire(request, much);
    REQUIRE(wire.has_value());
    CHECK(wire->expose().size() > 7 * much.size() + 20 * 2'000);
    CHECK(wire->expose().ends_with("\r\n\r\n" + much));
}

TEST_CASE("a content type goes with a body only", "[http]")
{
    auto request = make_request(Method::post, "a");
    request.content_type = "application/json";
    CHECK_THAT(wire_of(request), !Catch::Contains("Content-Type"));
    request.body.emplace("");
    CHECK_THAT(wire_of(request), Catch::Contains("Content-Type: application/json\r\nContent-Length: 0\r\n"));
}
