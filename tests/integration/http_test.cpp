#include "handlers/core/error.hpp"
#include "tests/integration/support/certificates.hpp"
#include "tests/integration/support/http_cases.hpp"
#include "tests/integration/support/raw_client.hpp"
#include "tests/integration/support/running_server.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <memory>
#include <set>

using namespace countersign;
using namespace countersign::test;
namespace asio = boost::asio;

namespace {

const std::string honest = "GET /honest HTTP/1.1\r\nHost: bot.test\r\nConnection: close\r\n\r\n";
const std::string kept = "GET /kept HTTP/1.1\r\nHost: bot.test\r\n\r\n";

http::ServerOptions quick_options()
{
    http::ServerOptions options;
    options.request_deadline = std::chrono::milliseconds{300};
    options.idle_deadline = std::chrono::milliseconds{300};
    return options;
}

bool serves(RunningServer& server)
{
    RawClient client{server.port()};
    client.send(honest);
    return client.read_response().status == 200;
}

struct Decision
{
    std::string word;
    std::string name;
};

std::vector<Decision> read_decisions()
{
    std::ifstream file{COUNTERSIGN_TEST_DATA "/http/http_cases.txt"};
    std::vector<Decision> decisions;
    for (std::string line; std::getline(file, line);)
    {
        const auto bar = line.find(" | ");
        if (line.starts_with('#') || bar == std::string::npos) continue;
        decisions.push_back({line.substr(0, line.find(' ')), line.substr(bar + 3)});
    }
    return decisions;
}

// Where our own rule refuses what RFC 9112 would accept: every Transfer-Encoding, every Upgrade.
const std::set<std::string> refused_by_our_rule{"chunk ok", "Upgrade h2c + CL"};

}  // namespace

TEST_CASE("every listed request is decided as listed, and nothing is smuggled behind it", "[http]")
{
    const auto decisions = read_decisions();
    auto cases = http_cases();
    REQUIRE(decisions.size() > 60);
    http::ServerOptions options;
    options.request_deadline = std::chrono::milliseconds{2000};
    RunningServer server{options};

    for (const auto& decision : decisions)
    {
        CAPTURE(decision.word, decision.name);
        REQUIRE(cases.contains(decision.name));
        const HttpCase made = cases.extract(decision.name).mapped();
        const bool is_accepted = made.status == 200;
        if (decision.word == "accept") CHECK(is_accepted != refused_by_our_rule.contains(decision.name));
        if (decision.word == "reject" || decision.word == "app-reject") CHECK_FALSE(is_accepted);

        RawClient client{server.port()};
        client.send(made.bytes + "GET /behind HTTP/1.1\r\nHost: bot.test\r\nConnection: close\r\n\r\n");
        const auto answers = client.read_all();
        REQUIRE(answers.size() == (is_accepted ? 2 : 1));
        CHECK(answers.front().status == made.status);
        if (!is_accepted) CHECK_THAT(answers.front().head, Catch::Contains("\r\nConnection: close\r\n"));

        std::vector<std::string> reached;
        for (const auto& request : server.take_requests()) reached.push_back(request.target);
        CHECK(
            reached == (is_accepted ? std::vector<std::string>{made.reaches, "/behind"} : std::vector<std::string>{}));
        REQUIRE(serves(server));
        server.take_requests();
    }
    CHECK(cases.empty());  // no case without a line either
}

TEST_CASE("every answer forbids caching and sniffing, and does not name the server", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    SECTION("to a good request") { client.send(honest); }
    SECTION("to nonsense") { client.send("nonsense\r\n\r\n"); }
    const auto answer = client.read_response();
    CHECK_THAT(answer.head, Catch::Contains("\r\nCache-Control: no-store\r\n"));
    CHECK_THAT(answer.head, Catch::Contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    CHECK_THAT(answer.head, Catch::Contains("\r\nDate: "));
    CHECK_THAT(answer.head, !Catch::Contains("Server:"));
}

TEST_CASE("a handler gets the request as it was sent", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    const std::string body{"a\0b", 3};
    client.send("POST /a?b=%20 HTTP/1.1\r\nHOST: bot.test\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\n" + body);
    CHECK(client.read_response().status == 200);
    const auto requests = server.take_requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].method == "POST");
    CHECK(requests[0].target == "/a?b=%20");
    CHECK(requests[0].header("host") == "bot.test");
    CHECK(requests[0].header_count("x-a") == 2);
    CHECK(requests[0].body == body);
    CHECK(requests[0].remote == "127.0.0.1");
}

TEST_CASE("a connection serves one request after the other until it is asked to close", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    for (int i = 0; i < 3; ++i)
    {
        client.send(kept);
        const auto answer = client.read_response();
        CHECK(answer.status == 200);
        CHECK(answer.body == "ok");
        CHECK_THAT(answer.head, !Catch::Contains("Connection"));
    }
    client.send(honest);
    CHECK(client.read_response().status == 200);
    CHECK(client.sees_end());
}

TEST_CASE("a client that drips its request is cut with 408 by one total deadline", "[http]")
{
    RunningServer server{quick_options()};
    RawClient client{server.port()};
    const std::string begin = GENERATE("POST / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n");
    REQUIRE(client.send(begin));
    // Answered while it still drips. Were the deadline to begin anew with each byte, it never would be.
    bool is_answered = false;
    for (int sent = 0; sent < 1'000 && !is_answered && client.send("x"); ++sent)
        is_answered = client.has_input(std::chrono::milliseconds{10});
    CHECK(is_answered);
    const auto answers = client.read_all();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 408);
    CHECK(answers[0].body == R"({"error":"request_timeout"})");
    CHECK(server.take_requests().empty());
    CHECK(serves(server));
}

TEST_CASE("a body over the limit is refused with 413 before it is read", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n" + std::string(65'537, 'x'));
    const auto answers = client.read_all();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 413);
    CHECK(answers[0].body == R"({"error":"body_too_large"})");
    CHECK(server.take_requests().empty());
}

TEST_CASE("a client that waits for 100 Continue gets it, then its answer", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.read_response().status == 100);
    client.send("abc");
    CHECK(client.read_response().status == 200);
}

TEST_CASE("other methods than GET, HEAD and POST are answered 405 and named the three", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    client.send(std::string{GENERATE("PUT", "DELETE", "OPTIONS", "TRACE", "BREW")} + " / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answers = client.read_all();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].status == 405);
    CHECK_THAT(answers[0].head, Catch::Contains("\r\nAllow: GET, HEAD, POST\r\n"));
    CHECK(server.take_requests().empty());
}

TEST_CASE("HEAD is answered with the length of the body, and without the body", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    RawClient client{server.port()};
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto answer = client.read_response(true);
    CHECK(answer.status == 200);
    CHECK_THAT(answer.head, Catch::Contains("\r\nContent-Length: 2\r\n"));
    CHECK(client.sees_end());
}

TEST_CASE("what a handler throws becomes a fixed answer, and the server lives", "[http]")
{
    static const auto failing = [](http::ServerRequest request) -> asio::awaitable<http::ServerReply> {
        if (request.path() == "/store") throw StoreUnavailable{"disk at /secret/place"};
        if (request.path() == "/bug") throw std::runtime_error{"value of the token"};
        if (request.path() == "/odd") throw 42;
        co_return co_await RunningServer::answer_ok(std::move(request));
    };
    RunningServer server{http::ServerOptions{}, failing};
    struct Failure
    {
        std::string path;
        int status;
        std::string body;
    };
    for (const Failure& failure :
         {Failure{"/store", 503, R"({"error":"unavailable"})"}, Failure{"/bug", 500, R"({"error":"internal_error"})"},
          Failure{"/odd", 500, R"({"error":"internal_error"})"}})
    {
        RawClient client{server.port()};
        client.send("GET " + failure.path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto answers = client.read_all();
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].status == failure.status);
        CHECK(answers[0].body == failure.body);
        CHECK(serves(server));
    }
}

TEST_CASE("a handler that throws before its first step is no different", "[http]")
{
    const http::Handler failing = [](http::ServerRequest) -> asio::awaitable<http::ServerReply> {
        throw StoreUnavailable{"not a coroutine"};
    };
    RunningServer server{http::ServerOptions{}, failing};
    RawClient client{server.port()};
    client.send(kept);
    CHECK(client.read_response().status == 503);
}

TEST_CASE("a handler that does not come to an end is cancelled, and the client told 503", "[http]")
{
    auto options = quick_options();
    options.handler_deadline = std::chrono::milliseconds{50};
    const http::Handler stuck = [](http::ServerRequest) -> asio::awaitable<http::ServerReply> {
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer timer{executor, asio::steady_timer::time_point::max()};
        co_await timer.async_wait(asio::use_awaitable);
        co_return http::ServerReply{};
    };
    RunningServer server{options, stuck};
    RawClient client{server.port()};
    client.send(kept);
    CHECK(client.read_response().status == 503);
}

TEST_CASE("a port in use is named when the server cannot open it", "[http]")
{
    RunningServer server{http::ServerOptions{}};
    asio::io_context context{1};
    http::ServerOptions options;
    options.port = server.port();
    http::Server second{context.get_executor(), options, RunningServer::answer_ok};
    CHECK_THROWS_WITH(second.open(), Catch::Contains("cannot listen on 127.0.0.1:" + std::to_string(server.port())));
    options.address = "not an address";
    http::Server third{context.get_executor(), options, RunningServer::answer_ok};
    CHECK_THROWS_WITH(third.open(), Catch::Contains("not an address"));
}

TEST_CASE("a certificate or key that cannot be used is named when the server opens", "[http]")
{
    const TemporaryDirectory directory;
    const auto first = Identity::self_signed({});
    const auto second = Identity::self_signed({});
    const auto certificate = directory.write("certificate.pem", first.pem().certificate);
    const auto key = directory.write("key.pem", first.pem().key);
    const auto other_key = directory.write("other.pem", second.pem().key);
    const auto open = [](const http::TlsFiles& files) { http::make_server_context(files); };
    CHECK_NOTHROW(open({certificate, key}));
    CHECK_THROWS_WITH(open({"/nowhere.pem", key}), Catch::Contains("/nowhere.pem"));
    CHECK_THROWS_WITH(open({certificate, "/nowhere.pem"}), Catch::Contains("/nowhere.pem"));
    CHECK_THROWS(open({certificate, other_key}));
}
