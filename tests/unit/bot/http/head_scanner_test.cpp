#include "bot/http/head_scanner.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace countersign::http;

namespace {

HeadScanner::State scan(std::string_view bytes)
{
    HeadScanner scanner;
    scanner.feed(bytes);
    return scanner.state();
}

}  // namespace

TEST_CASE("a head ends at its empty line, and nothing after it is taken", "[http]")
{
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    HeadScanner scanner;
    CHECK(scanner.feed(head + "\nbody") == head.size());
    CHECK(scanner.state() == HeadScanner::State::complete);
}

TEST_CASE("a head reads the same a byte at a time", "[http]")
{
    HeadScanner scanner;
    const std::string_view head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (const char& byte : head)
    {
        CHECK(scanner.state() == HeadScanner::State::reading);
        scanner.feed({&byte, 1});
    }
    CHECK(scanner.state() == HeadScanner::State::complete);
}

TEST_CASE("a line that does not end in CR LF, or begins with white space, is malformed", "[http]")
{
    using namespace std::string_literals;
    const std::string head = GENERATE(
        as<std::string>{}, "GET / HTTP/1.1\n", "GET /\r HTTP", "GET / HTTP/1.1\r\r", "\r\n", "\n",
        "G / H\r\nA: b\r\n c\r\n", "G / H\r\nA: b\r\n\tc\r\n", "G / H\r\n Host: a", " G", "G / H\r\nA: b\n\r\n",
        "G / H\r\nA: \0b"s);
    CAPTURE(head);
    CHECK(scan(head) == HeadScanner::State::malformed);
}
