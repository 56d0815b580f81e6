#include "bot/http/response_reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace countersign::http;
using Step = ResponseReader::Step;

namespace {

Step give(ResponseReader& reader, std::string_view bytes)
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

TEST_CASE("an answer with a length is read, and the connection may be used again", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    CHECK_FALSE(reader.has_begun());
    REQUIRE(give(reader, "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\nok") == Step::complete);
    CHECK(reader.keep_alive());
    const auto answer = reader.take();
    CHECK(answer.status == 200);
    CHECK(answer.header("x-a") == "b");
    CHECK(answer.body == "ok");
}

TEST_CASE("a chunked answer is read, and its trailers do not become headers", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    REQUIRE(
        give(reader, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Late: 1\r\n\r\n") ==
        Step::complete);
    CHECK(reader.keep_alive());
    const auto answer = reader.take();
    CHECK(answer.body == "ok");
    CHECK(answer.header("x-late").empty());
}

TEST_CASE("an answer without a body is complete with its head", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    REQUIRE(give(reader, "HTTP/1.1 204 No Content\r\n\r\n") == Step::complete);
    CHECK(reader.keep_alive());
    CHECK(reader.take().status == 204);
}

TEST_CASE("interim answers are passed over, a few of them", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    const std::string interim = "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n";
    SECTION("few")
    {
        REQUIRE(give(reader, interim + interim + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") == Step::complete);
        CHECK(reader.take().header("link").empty());
    }
    SECTION("many") { CHECK(give(reader, interim + interim + interim + interim + interim) == Step::broken); }
    SECTION("a switch of protocols")
    {
        CHECK(give(reader, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n") == Step::broken);
    }
}

TEST_CASE("a connection is not used again after close, after bytes too many, or with HTTP/1.0", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    const std::string answer = GENERATE(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
    CHECK(give(reader, answer) == Step::complete);
    CHECK_FALSE(reader.keep_alive());
}

TEST_CASE("a body without a length lasts to the end of the connection", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    REQUIRE(give(reader, "HTTP/1.1 200 OK\r\n\r\nbody") == Step::need_more);
    REQUIRE(reader.end() == Step::complete);
    CHECK_FALSE(reader.keep_alive());
    CHECK(reader.take().body == "body");
}

TEST_CASE("an answer that is cut is broken", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    const std::string part = GENERATE(
        "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n");
    CAPTURE(part);
    REQUIRE(give(reader, part) == Step::need_more);
    CHECK(reader.end() == Step::broken);
    CHECK(reader.fault() == "response_cut");
}

TEST_CASE("what is no HTTP, or framed in two ways or none we know, is broken", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    const std::string answer = GENERATE(
        "<html>\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "\x16\x03\x01\x02\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n");
    CAPTURE(answer);
    CHECK(give(reader, answer) == Step::broken);
    CHECK(reader.fault() == "response_malformed");
}

TEST_CASE("an answer over a limit is broken", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    const std::string head = "HTTP/1.1 200 OK\r\n";
    const std::string chunk = "10000\r\n" + std::string(65'536, 'x') + "\r\n";
    const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
    std::string answer;
    SECTION("length") { answer = "Content-Length: 1048577\r\n\r\n"; }
    SECTION("head") { answer = "A: " + std::string(20'000, 'x'); }
    SECTION("chunks")
    {
        answer = chunked;
        for (int i = 0; i < 17; ++i) answer += chunk;
    }
    SECTION("to the end of the connection") { answer = "\r\n" + std::string(1'100'000, 'x'); }
    SECTION("chunk extension") { answer = chunked + "2;" + std::string(80'000, 'x') + "\r\n"; }
    SECTION("trailer") { answer = chunked + "0\r\nA: " + std::string(80'000, 'x') + "\r\n\r\n"; }
    CHECK(give(reader, head + answer) == Step::broken);
    CHECK(reader.fault() == "response_too_large");
}

TEST_CASE("four interim answers are passed over, the fifth is not", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    std::string interims;
    for (int i = 0; i < 4; ++i) interims += "HTTP/1.1 103 Early Hints\r\n\r\n";
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    SECTION("four") { CHECK(give(reader, interims + answer) == Step::complete); }
    SECTION("five") { CHECK(give(reader, "HTTP/1.1 100 Continue\r\n\r\n" + interims + answer) == Step::broken); }
}

TEST_CASE("an answer of exactly the limit is read", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    const std::string body(1'048'576, 'x');
    SECTION("with its length")
    {
        REQUIRE(give(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + body) == Step::complete);
    }
    SECTION("to the end of the connection")
    {
        REQUIRE(give(reader, "HTTP/1.1 200 OK\r\n\r\n" + body) == Step::need_more);
        REQUIRE(reader.end() == Step::complete);
    }
    CHECK(reader.take().body == body);
}

TEST_CASE("an answer that has begun is told from silence", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    static_cast<void>(reader.space());
    reader.commit(0);
    CHECK_FALSE(reader.has_begun());
    CHECK(give(reader, "H") == Step::need_more);
    CHECK(reader.has_begun());
}

TEST_CASE("what is broken stays broken, also at its end", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    REQUIRE(give(reader, "<html>\r\n\r\n") == Step::broken);
    CHECK(reader.step() == Step::broken);
    CHECK(reader.end() == Step::broken);
    CHECK(reader.fault() == "response_malformed");
}

TEST_CASE("chunked is known in whatever case it is written", "[http]")
{
    ResponseReader reader{ResponseLimits{}};
    CHECK(give(reader, "HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n") == Step::complete);
}
