#include "bot/http/header_policy.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string_view>

using namespace countersign::http;

namespace {

constexpr std::size_t fields_max = 64;

ServerRequest good_post()
{
    ServerRequest head;
    head.method = "POST";
    head.target = "/slack/commands?a=b";
    head.headers = {
        {"host", "bot.test"},
        {"content-length", "3"},
        {"content-type", "application/json"},
        {"x-slack-signature", "v0=00"},
        {"x-slack-request-timestamp", "1"}};
    return head;
}

std::optional<HeadFault> check(const ServerRequest& head) { return check_head(head, 11, fields_max); }

void erase(ServerRequest& head, std::string_view name)
{
    std::erase_if(head.headers, [name](const auto& field) { return field.first == name; });
}

}  // namespace

TEST_CASE("a head that breaks no rule passes", "[http]")
{
    CHECK_FALSE(check(good_post()));
    auto get = good_post();
    get.method = GENERATE("GET", "HEAD");
    CHECK_FALSE(check(get));
    erase(get, "content-length");
    CHECK_FALSE(check(get));
}

TEST_CASE("only HTTP/1.1 passes", "[http]")
{
    CHECK(check_head(good_post(), GENERATE(0U, 9U, 10U, 12U, 20U), fields_max) == HeadFault::version);
}

TEST_CASE("only GET, HEAD and POST pass, to the letter", "[http]")
{
    auto head = good_post();
    head.method = GENERATE("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "Post", "");
    CHECK(check(head) == HeadFault::method);
    CHECK(status_of(HeadFault::method) == 405);
}

TEST_CASE("only a target in origin-form of visible ASCII passes", "[http]")
{
    auto head = good_post();
    head.target = GENERATE("", "*", "http://bot.test/", "bot.test:443", "\\a", "/a\x7f", "/\xc3\xa9", "/a\x01");
    CHECK(check(head) == HeadFault::target);
}

TEST_CASE("one field over the limit is refused, the limit itself passes", "[http]")
{
    auto head = good_post();
    while (head.headers.size() < fields_max) head.headers.emplace_back("x", "y");
    CHECK_FALSE(check(head));
    head.headers.emplace_back("x", "y");
    CHECK(check(head) == HeadFault::fields);
}

TEST_CASE("no Host and two Hosts are refused", "[http]")
{
    auto head = good_post();
    head.headers.emplace_back("host", "bot.test");
    CHECK(check(head) == HeadFault::host);
    erase(head, "host");
    CHECK(check(head) == HeadFault::host);
}

TEST_CASE("every Transfer-Encoding is refused, on every method", "[http]")
{
    auto head = good_post();
    head.method = GENERATE("GET", "HEAD", "POST");
    head.headers.emplace_back("transfer-encoding", GENERATE("chunked", "gzip", "identity", ""));
    CHECK(check(head) == HeadFault::transfer_encoding);
}

TEST_CASE("a POST without a Content-Length is refused", "[http]")
{
    auto head = good_post();
    erase(head, "content-length");
    CHECK(check(head) == HeadFault::content_length);
}

TEST_CASE("a repeated, listed or non-numeric Content-Length is refused, on every method", "[http]")
{
    auto head = good_post();
    head.method = GENERATE("GET", "POST");
    SECTION("repeated")
    {
        head.headers.emplace_back("content-length", "3");
        CHECK(check(head) == HeadFault::content_length);
    }
    SECTION("no number")
    {
        erase(head, "content-length");
        head.headers.emplace_back("content-length", GENERATE("", "3, 3", "+3", "-1", "0x3", "3 ", "3_0"));
        CHECK(check(head) == HeadFault::content_length);
    }
}

TEST_CASE("every Upgrade is refused", "[http]")
{
    auto head = good_post();
    head.headers.emplace_back("upgrade", GENERATE("h2c", "websocket"));
    CHECK(check(head) == HeadFault::upgrade);
}

TEST_CASE("no other expectation than 100-continue passes", "[http]")
{
    auto head = good_post();
    head.headers.emplace_back("expect", "100-continue");
    CHECK_FALSE(check(head));
    head.headers.back().second = GENERATE("", "100-Continue, x", "200-ok");
    CHECK(check(head) == HeadFault::expectation);
}

TEST_CASE("a field that decides is refused when it is repeated, also with the same value", "[http]")
{
    auto head = good_post();
    const std::string name = GENERATE("x-slack-signature", "x-slack-request-timestamp", "content-type");
    head.headers.emplace_back(name, std::string{head.header(name)});
    CHECK(check(head) == (name == "content-type" ? HeadFault::repeated : HeadFault::unprovable));
}

TEST_CASE("two signatures are no proof, and are answered as such", "[http]")
{
    CHECK(status_of(HeadFault::unprovable) == 401);
}

TEST_CASE("every fault but the method's is a bad request", "[http]")
{
    const auto fault = GENERATE(
        HeadFault::version, HeadFault::target, HeadFault::fields, HeadFault::host, HeadFault::transfer_encoding,
        HeadFault::content_length, HeadFault::upgrade, HeadFault::expectation, HeadFault::repeated);
    CHECK(status_of(fault) == 400);
    CHECK(name_of(fault) != "corrupt");
}

TEST_CASE("every fault has a name of its own", "[http]")
{
    std::set<std::string_view> names;
    for (const auto fault :
         {HeadFault::version, HeadFault::method, HeadFault::target, HeadFault::fields, HeadFault::host,
          HeadFault::transfer_encoding, HeadFault::content_length, HeadFault::upgrade, HeadFault::expectation,
          HeadFault::repeated, HeadFault::unprovable})
        names.insert(name_of(fault));
    CHECK(names.size() == 11);
    CHECK(names.count("corrupt") == 0);
}

TEST_CASE("path and query are split at the first question mark", "[http]")
{
    ServerRequest request;
    request.target = "/a?b=c?d";
    CHECK(request.path() == "/a");
    CHECK(request.query() == "b=c?d");
    request.target = "/a";
    CHECK(request.path() == "/a");
    CHECK(request.query().empty());
}
