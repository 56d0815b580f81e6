#include "bot/http/message.hpp"

#include "bot/http/replies.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

using namespace countersign::http;

TEST_CASE("an error is answered with a fixed word for its status, as JSON", "[http]")
{
    const auto [status, word] = GENERATE(table<int, std::string>({
        {400, "bad_request"},
        {401, "unauthorized"},
        {403, "forbidden"},
        {404, "not_found"},
        {405, "method_not_allowed"},
        {408, "request_timeout"},
        {413, "body_too_large"},
        {415, "unsupported_media_type"},
        {503, "unavailable"},
        {500, "internal_error"},
        {501, "internal_error"},
    }));
    const auto reply = error_reply(status);
    CHECK(reply.status == status);
    CHECK(reply.content_type == "application/json");
    CHECK(reply.body == "{\"error\":\"" + word + "\"}");
    CHECK_FALSE(reply.allow);
}

TEST_CASE("a header is found by its whole name, the first one first", "[http]")
{
    ServerRequest request;
    request.headers = {{"x-a", "1"}, {"x-ab", "2"}, {"x-a", "3"}, {"empty", ""}};
    CHECK(request.header("x-a") == "1");
    CHECK(request.header("x-ab") == "2");
    CHECK(request.header("x").empty());
    CHECK(request.header_count("x-a") == 2);
    CHECK(request.header_count("x-ab") == 1);
    CHECK(request.header_count("empty") == 1);
    CHECK(request.header_count("x") == 0);
}
