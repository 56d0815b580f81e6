#include "bot/http/request_reader.hpp"
#include "tests/support/freed_memory.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

using namespace countersign;
using namespace countersign::http;
using countersign::test::FreedMemory;
using Step = RequestReader::Step;

namespace {

const std::string canary = "C4NARY-of-the-window";

// As many bytes at a time as `at_once`.
Step give(RequestReader& reader, std::string_view bytes, std::size_t at_once)
{
    auto step = reader.step();
    while (!bytes.empty() && step == Step::need_more)
    {
        const auto room = reader.space();
        const auto count = std::min({room.size(), bytes.size(), at_once});
        std::copy_n(bytes.begin(), count, room.begin());
        reader.commit(count);
        bytes.remove_prefix(count);
        step = reader.step();
    }
    return step;
}

std::string post_with_length()
{
    const std::string body = "payload=" + std::string(5000, 'x') + canary + "&end";
    return "POST /a HTTP/1.1\r\nHost: bot.test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("of the body of a request nothing is left in memory once it was answered", "[http]")
{
    const std::string wire = post_with_length();
    const std::size_t at_once = GENERATE(std::size_t{1000}, std::size_t{8192});
    FreedMemory freed{canary};
    {
        RequestReader reader{RequestLimits{}, "192.0.2.1"};
        REQUIRE(give(reader, wire, at_once) == Step::complete);
        std::optional<ServerRequest> request = reader.take();
        REQUIRE(request->body.find(canary) != std::string::npos);
        ServerRequest moved = *std::move(request);
        CHECK(moved.body.find(canary) != std::string::npos);
    }
    CHECK(freed.found() == 0);
}

TEST_CASE("of a body that broke off nothing is left either", "[http]")
{
    const std::string wire = post_with_length();
    FreedMemory freed{canary};
    {
        RequestReader reader{RequestLimits{}, "192.0.2.1"};
        REQUIRE(give(reader, std::string_view{wire}.substr(0, wire.size() - 1), 1000) == Step::need_more);
        CHECK(reader.end() == Step::refused);
    }
    CHECK(freed.found() == 0);
}

TEST_CASE("the memory that is given back is looked through", "[http]")
{
    FreedMemory freed{canary};
    {
        const std::string unwiped = "left behind: " + canary;
        CHECK(unwiped.size() > canary.size());
    }
    CHECK(freed.found() == 1);
}
