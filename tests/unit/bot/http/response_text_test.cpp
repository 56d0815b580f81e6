#include "bot/http/response_text.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace countersign::http;

namespace {

const std::chrono::sys_seconds sunday{std::chrono::seconds{784'111'777}};  // RFC 9110's own example

ServerReply reply_with(int status, const std::string& body)
{
    ServerReply reply;
    reply.status = status;
    reply.content_type = "application/json";
    reply.body = body;
    return reply;
}

const std::string common = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";

}  // namespace

TEST_CASE("an answer is its status, its date, its length and its body", "[http]")
{
    CHECK(
        to_wire(reply_with(200, "{}"), Persistence::keep_alive, false, sunday) ==
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\n" +
            common + "\r\n{}");
}

TEST_CASE("the answer to HEAD has the length of the body, and no body", "[http]")
{
    CHECK(
        to_wire(reply_with(200, "12345"), Persistence::keep_alive, true, sunday) ==
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
        "Content-Length: 5\r\n" +
            common + "\r\n");
}

TEST_CASE("the last answer of a connection says so, and a method refused names the others", "[http]")
{
    auto reply = reply_with(405, "");
    reply.content_type.clear();
    reply.allow = "GET, HEAD";
    CHECK(
        to_wire(reply, Persistence::close, false, sunday) ==
        "HTTP/1.1 405 Method Not Allowed\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n" + common +
            "Allow: GET, HEAD\r\nConnection: close\r\n\r\n");
}
