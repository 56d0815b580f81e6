#include "auth0/tenant_log.hpp"

#include "tests/support/recordings.hpp"

#include <boost/json/array.hpp>
#include <catch2/catch.hpp>

#include <string>

using namespace countersign;
using namespace countersign::auth0;
namespace json = boost::json;

namespace {

SentChange sent()
{
    SentChange change{RequestId{"rq-1"}, TimePoint{}, TimePoint{}};
    change.account = Auth0UserId{"auth0|63d1"};
    return change;
}

// The record of our change, with one text replaced by another.
std::string record(const std::string& from = "", const std::string& to = "")
{
    std::string text =
        R"({"date":"2026-11-22T12:00:05.000Z","type":"sapi","description":"Update a User","user_id":null,)"
        R"("references":{"correlation_id":"rq-1"},"details":{"request":{"method":"patch",)"
        R"("path":"/api/v2/users/auth0%7C63d1","body":{"password":"*****"}},"response":{"statusCode":200}}})";
    if (!from.empty()) text.replace(text.find(from), from.size(), to);
    return text;
}

bool holds(const std::string& records) { return read_log_page(json::parse("[" + records + "]"), sent())->holds_change; }

}  // namespace

TEST_CASE("the log is searched newest first for changes through the Management API", "[auth0]")
{
    CHECK(log_search_target(0) == "api/v2/logs?q=type%3A%22sapi%22&sort=date%3A-1&per_page=100");
    CHECK(log_search_target(2) == "api/v2/logs?q=type%3A%22sapi%22&sort=date%3A-1&per_page=100&page=2");
}

TEST_CASE("our change is found by correlation id, method and path", "[auth0]")
{
    CHECK(holds(record()));
    CHECK(holds(record("%7C", "%7c")));
    CHECK(holds(record("\"patch\"", "\"PATCH\"")));
    CHECK(holds(record(R"(,"response":{"statusCode":200})", "")));
    CHECK(holds(record("rq-1", "rq-2") + ',' + record()));
}

TEST_CASE("a new account is found by correlation id, method and path", "[auth0]")
{
    const auto holds_creation = [](const std::string& method, const std::string& path) {
        const std::string text = R"([{"type":"sapi","references":{"correlation_id":"rq-1"},"details":{"request":{)"
                                 R"("method":")" +
            method + R"(","path":")" + path + R"("},"response":{"statusCode":201}}}])";
        return read_log_page(json::parse(text), SentChange{RequestId{"rq-1"}, TimePoint{}, TimePoint{}})->holds_change;
    };
    CHECK(holds_creation("post", "/api/v2/users"));
    CHECK_FALSE(holds_creation("patch", "/api/v2/users"));
    CHECK_FALSE(holds_creation("post", "/api/v2/users/auth0%7C1"));
    CHECK_FALSE(holds_creation("post", "/api/v2/tickets/password-change"));
    CHECK_FALSE(holds(record("patch", "post")));
}

TEST_CASE("no other record is evidence of our change", "[auth0]")
{
    CHECK_FALSE(holds(""));
    CHECK_FALSE(holds(record("rq-1", "rq-10")));
    CHECK_FALSE(holds(record("rq-1", "rq-1.block")));
    CHECK_FALSE(holds(record("\"rq-1\"", "null")));
    CHECK_FALSE(holds(record("references", "reference")));
    CHECK_FALSE(holds(record("63d1\"", "63d12\"")));
    CHECK_FALSE(holds(record("63d1\"", "63d1/sessions\"")));
    CHECK_FALSE(holds(record("patch", "delete")));
    CHECK_FALSE(holds(record("sapi", "fapi")));
    CHECK_FALSE(holds(record(":200", ":400")));
    CHECK_FALSE(holds("null,7,[],{},\"x\""));
    CHECK_FALSE(holds(R"({"type":"sapi","references":{"correlation_id":"rq-1"},"details":null})"));
}

TEST_CASE("a page, newest first, says how far it reaches", "[auth0]")
{
    const auto page = read_log_page(
        json::parse(R"([{"date":"2026-11-22T12:00:03.000Z"},{"date":"2026-11-22T12:00:02.000Z"},{"date":"never"},)"
                    R"({"date":"2026-11-22T12:00:01.000Z"},{}])"),
        sent());
    REQUIRE(page.has_value());
    CHECK(page->records == 5);
    CHECK(page->newest == from_iso8601("2026-11-22T12:00:03.000Z").value());
    CHECK(page->oldest == from_iso8601("2026-11-22T12:00:01.000Z").value());
}

TEST_CASE("a page that is no list is refused", "[auth0]")
{
    const char* text = GENERATE("null", "{}", "7", R"({"logs":null})");
    CHECK(read_log_page(json::parse(text), sent()).error() == Errc::malformed);
    CHECK(read_log_page(json::parse(R"({"logs":[],"total":0})"), sent())->records == 0);
}

TEST_CASE("every recorded log page is read, and none of them holds our change", "[auth0]")
{
    int pages = 0;
    for (const json::value& recording : test::auth0_recordings().at("recordings").as_array())
    {
        const std::string_view path = recording.at("request").at("path").as_string();
        if (path.find("/logs") == std::string_view::npos) continue;
        ++pages;
        const json::value& body = recording.at("response").at("body");
        const auto page = read_log_page(body, sent());
        REQUIRE(page.has_value());
        CHECK_FALSE(page->holds_change);
        CHECK(page->records == body.as_array().size());
        CHECK(page->oldest.has_value() == !body.as_array().empty());
    }
    CHECK(pages >= 4);
}
