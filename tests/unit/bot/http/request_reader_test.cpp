#include "bot/http/request_reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign::http;
using Step = RequestReader::Step;

namespace {

const std::string post = "POST /a HTTP/1.1\r\nHost: bot.test\r\nContent-Length: 3\r\n\r\nabc";

RequestReader make_reader() { return RequestReader{RequestLimits{}, "192.0.2.1"}; }

// Gives bytes as a socket would, as many at a time as there is room for.
Step give(RequestReader& reader, std::string_view bytes)
{
    auto step = reader.step();
    while (!bytes.empty() && step == Step::need_more)
    {
        const auto room = reader.space();
        const auto count = std::min(room.size(), bytes.size());
        std::copy_n(bytes.begin(), count, room.begin());
        reader.commit(count);
        bytes.remove_prefix(count);
        step = reader.step();
    }
    return step;
}

}  // namespace

TEST_CASE("a request reads the same whole and a byte at a time", "[http]")
{
    auto reader = make_reader();
    auto step = Step::need_more;
    SECTION("whole") { step = give(reader, post); }
    SECTION("a byte at a time")
    {
        for (const char& byte : post)
        {
            CHECK(step == Step::need_more);
            step = give(reader, {&byte, 1});
        }
    }
    REQUIRE(step == Step::complete);
    const auto request = reader.take();
    CHECK(request.method == "POST");
    CHECK(request.target == "/a");
    CHECK(request.body == "abc");
    CHECK(request.header("host") == "bot.test");
    CHECK(request.remote == "192.0.2.1");
    CHECK(reader.keep_alive());
    CHECK_FALSE(reader.has_begun());
}

TEST_CASE("what follows a request is the next one, and a body is never taken for one", "[http]")
{
    auto reader = make_reader();
    const std::string inner = "GET /inner HTTP/1.1\r\nHost: a\r\n\r\n";
    REQUIRE(
        give(
            reader,
            "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner +
                post) == Step::complete);
    CHECK(reader.take().body == inner);
    CHECK(reader.has_begun());
    REQUIRE(reader.step() == Step::complete);
    CHECK(reader.take().target == "/a");
}

TEST_CASE("a body of exactly the limit is read, one byte more is refused before it is sent", "[http]")
{
    auto reader = make_reader();
    const auto head = [](std::size_t size) {
        return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
    };
    SECTION("the limit")
    {
        REQUIRE(give(reader, head(65'536) + std::string(65'536, 'x')) == Step::complete);
        CHECK(reader.take().body.size() == 65'536);
    }
    SECTION("one more")
    {
        CHECK(give(reader, head(65'537)) == Step::refused);
        CHECK(reader.status() == 413);
    }
}

TEST_CASE("a head over the limit is refused, however it grows", "[http]")
{
    auto reader = make_reader();
    const std::string field = GENERATE("X: " + std::string(9'000, 'x'), std::string(9'000, 'y'));
    CHECK(give(reader, "GET / HTTP/1.1\r\nHost: a\r\n" + field) == Step::refused);
    CHECK(reader.status() == 400);
}

TEST_CASE("a client that waits for 100 Continue is told so once, and only when its head is good", "[http]")
{
    auto reader = make_reader();
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n";
    SECTION("good")
    {
        CHECK(give(reader, head + "\r\n") == Step::send_continue);
        CHECK(give(reader, "ab") == Step::need_more);
        CHECK(give(reader, "c") == Step::complete);
    }
    SECTION("bad") { CHECK(give(reader, head + "Upgrade: h2c\r\n\r\n") == Step::refused); }
    SECTION("body already here") { CHECK(give(reader, head + "\r\nabc") == Step::complete); }
}

TEST_CASE("a request that is cut is refused", "[http]")
{
    for (std::size_t size = 0; size < post.size(); ++size)
    {
        auto reader = make_reader();
        REQUIRE(give(reader, post.substr(0, size)) == Step::need_more);
        CHECK(reader.end() == Step::refused);
        CHECK(reader.status() == 400);
    }
}

TEST_CASE("after a refusal nothing more is read", "[http]")
{
    auto reader = make_reader();
    CHECK(give(reader, "GET / HTTP/1.0\r\n\r\n" + post) == Step::refused);
    CHECK(reader.step() == Step::refused);
    CHECK(reader.fault() == "version");
}

TEST_CASE("a head that ends without having been a request is refused at its end", "[http]")
{
    auto reader = make_reader();
    CHECK(
        give(reader, GENERATE("nonsense\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\n\r\n")) ==
        Step::refused);
    CHECK(reader.status() == 400);
}

TEST_CASE("a head within the limit is read, however it comes", "[http]")
{
    auto reader = make_reader();
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(8'100, 'x') + "\r\n\r\n";
    const std::size_t first = GENERATE(8'131UL, 8'000UL, 5'000UL, 1UL);
    REQUIRE(give(reader, head.substr(0, first)) == Step::need_more);
    REQUIRE(give(reader, head.substr(first)) == Step::complete);
    CHECK(reader.take().header("x").size() == 8'100);
}

TEST_CASE("after a request that asks to close the connection is not kept", "[http]")
{
    auto reader = make_reader();
    REQUIRE(give(reader, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") == Step::complete);
    static_cast<void>(reader.take());
    CHECK_FALSE(reader.keep_alive());
    REQUIRE(give(reader, post) == Step::complete);
    static_cast<void>(reader.take());
    CHECK(reader.keep_alive());
}

TEST_CASE("a second request on a connection is held to the same rules as the first", "[http]")
{
    auto reader = make_reader();
    REQUIRE(give(reader, post) == Step::complete);
    static_cast<void>(reader.take());
    SECTION("a bare line feed")
    {
        CHECK(give(reader, "GET / HTTP/1.1\nHost: a\r\n\r\n") == Step::refused);
        CHECK(reader.fault() == "line");
    }
    SECTION("a body too large")
    {
        CHECK(give(reader, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n") == Step::refused);
        CHECK(reader.status() == 413);
        CHECK(reader.fault() == "body_limit");
    }
    SECTION("100 Continue")
    {
        const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
        REQUIRE(give(reader, head) == Step::send_continue);
        REQUIRE(give(reader, "x") == Step::complete);
        static_cast<void>(reader.take());
        CHECK(give(reader, head) == Step::send_continue);
    }
}

TEST_CASE("a request that ends with its last byte is whole also when the client sends no more", "[http]")
{
    auto reader = make_reader();
    REQUIRE(give(reader, post) == Step::complete);
    CHECK(reader.end() == Step::complete);
    CHECK(reader.take().body == "abc");
}

TEST_CASE("a client that leaves instead of waiting for 100 Continue is refused", "[http]")
{
    auto reader = make_reader();
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
    const auto room = reader.space();
    REQUIRE(room.size() >= head.size());
    std::copy(head.begin(), head.end(), room.begin());
    reader.commit(head.size());
    CHECK(reader.end() == Step::refused);
    CHECK(reader.fault() == "incomplete");
}
