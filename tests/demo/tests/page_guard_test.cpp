#include "tests/demo/page/guard.hpp"
#include "tests/demo/tests/page_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace demo;
using namespace demo::page::test;

namespace {

const char* const hello = R"({"as":"U0SUPPORT1","do":"say","channel":"C0HELPDESK","text":"hello"})";

void set(Request& request, const std::string& name, const std::string& value)
{
    std::erase_if(request.headers, [&](const auto& header) { return header.first == name; });
    request.headers.emplace_back(name, value);
}

}  // namespace

TEST_CASE("only this machine's own names are answered, whatever is asked", "[page]")
{
    Desk desk;
    const auto target = GENERATE("/", "/page/vue.js", "/page/api/workspace", "/page/api/changes?since=1", "/nothing");
    const auto host = GENERATE("evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:8765", "");
    CAPTURE(target, host);
    auto request = desk.get(target);
    set(request, "host", host);
    CHECK(desk.ask(std::move(request)).status == 403);
}

TEST_CASE("a request without a Host, or with two, is refused", "[page]")
{
    Desk desk;
    auto none = desk.get("/");
    none.headers.clear();
    CHECK(desk.ask(std::move(none)).status == 403);
    auto two = desk.get("/");
    two.headers.emplace_back("host", desk.host());
    CHECK(desk.ask(std::move(two)).status == 403);
}

TEST_CASE("localhost is this machine too", "[page]")
{
    Desk desk;
    const std::string own = "localhost:" + std::to_string(desk.company.slack_host().port());
    auto request = desk.post("/page/api/act", hello);
    set(request, "host", own);
    set(request, "origin", "http://" + own);
    CHECK(desk.ask(std::move(request)).status == 200);
}

TEST_CASE("another web page cannot act", "[page]")
{
    Desk desk;
    const auto origin = GENERATE("http://evil.example", "https://127.0.0.1:8765", "http://localhost:1", "null", "");
    CAPTURE(origin);
    auto request = desk.post("/page/api/act", hello);
    set(request, "origin", origin);
    CHECK(desk.ask(std::move(request)).status == 403);
    CHECK(desk.company.slack.messages(channels::helpdesk).empty());
}

TEST_CASE("what a form of another web page could send is refused", "[page]")
{
    Desk desk;
    const auto type = GENERATE("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "");
    CAPTURE(type);
    auto request = desk.post("/page/api/act", hello);
    set(request, "content-type", type);
    CHECK(desk.ask(std::move(request)).status == 403);
    CHECK(desk.company.slack.messages(channels::helpdesk).empty());
}

TEST_CASE("a program of this machine, which names no origin, may act", "[page]")
{
    Desk desk;
    auto request = desk.post("/page/api/act", hello);
    std::erase_if(request.headers, [](const auto& header) { return header.first == "origin"; });
    CHECK(desk.ask(std::move(request)).status == 200);
    CHECK(desk.company.slack.messages(channels::helpdesk).size() == 1);
}

TEST_CASE("a body above 64 KiB is refused", "[page]")
{
    Desk desk;
    std::string body = hello;
    body.append(page::body_bytes_max - body.size(), ' ');
    CHECK(desk.ask(desk.post("/page/api/act", body)).status == 200);
    CHECK(desk.ask(desk.post("/page/api/act", body + ' ')).status == 413);
}

TEST_CASE("other methods than GET and POST are refused", "[page]")
{
    Desk desk;
    const auto method = GENERATE("PUT", "DELETE", "HEAD", "OPTIONS");
    auto request = desk.get("/page/api/workspace");
    request.method = method;
    CHECK(desk.ask(std::move(request)).status == 405);
}

TEST_CASE("every answer, good or bad, keeps the browser from loading anything from elsewhere", "[page]")
{
    Desk desk;
    const auto target = GENERATE("/", "/page/vue.js", "/page/api/workspace", "/nothing");
    const auto response = desk.ask(desk.get(target));
    const Request headers{"", "", response.headers, ""};
    CHECK(headers.header("content-security-policy").starts_with("default-src 'none'; script-src 'self';"));
    CHECK(headers.header("cache-control") == "no-store");
    CHECK(headers.header("x-content-type-options") == "nosniff");
}
