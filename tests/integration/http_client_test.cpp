#include "bot/http/client.hpp"
#include "tests/integration/support/scripted_peer.hpp"
#include "tests/support/run_coroutine.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>

using namespace countersign;
using namespace countersign::test;
using http::Method;
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds generous{8};

http::ClientRequest request_to(const ScriptedPeer& peer, Method method)
{
    const auto origin = http::parse_origin("http://127.0.0.1:" + std::to_string(peer.port()) + "/api");
    http::ClientRequest request{method, *origin, "call", generous};
    if (method == Method::post)
    {
        request.content_type = "application/json";
        request.body.emplace("{}");
    }
    return request;
}

// A client with its context; each send() runs to its end.
struct Caller
{
    explicit Caller(http::ClientOptions options = {}) : client{context.get_executor(), std::move(options)} {}

    Outcome<http::ClientResponse> send(http::ClientRequest request)
    {
        return test::run(context, client.send(std::move(request)));
    }

    asio::io_context context{1};
    http::PooledClient client;
};

void check_problem(const Outcome<http::ClientResponse>& outcome, Errc code, const std::string& reason)
{
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == code);
    CHECK(outcome.error().reason == reason);
}

std::string body_or_reason(const Outcome<http::ClientResponse>& outcome)
{
    return outcome.has_value() ? outcome->body : outcome.error().reason;
}

// Answers every request of every connection with the connection's number.
void answer_numbers(PeerConnection& connection)
{
    while (!connection.read_request().empty()) connection.send_answer(std::to_string(connection.number()));
}

}  // namespace

TEST_CASE("a request goes out as one plain HTTP/1.1 request and its answer comes back", "[http]")
{
    std::promise<std::string> seen;
    ScriptedPeer peer{[&seen](PeerConnection& connection) {
        seen.set_value(connection.read_request());
        connection.send("HTTP/1.1 201 Created\r\nX-Thing: One\r\nContent-Length: 2\r\n\r\nok");
    }};
    Caller caller;
    auto request = request_to(peer, Method::post);
    request.bearer.emplace("token");
    request.headers = {{"X-Correlation-ID", "rq-1"}};
    const auto answer = caller.send(std::move(request));
    REQUIRE(answer.has_value());
    CHECK(answer->status == 201);
    CHECK(answer->header("x-thing") == "One");
    CHECK(answer->body == "ok");
    CHECK(
        seen.get_future().get() ==
        "POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) +
            "\r\nUser-Agent: countersign/0.1.0\r\nX-Correlation-ID: rq-1\r\nAuthorization: Bearer token\r\n"
            "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_CASE("one connection carries one request after the other", "[http]")
{
    ScriptedPeer peer{answer_numbers};
    Caller caller;
    for (int i = 0; i < 3; ++i) CHECK(caller.send(request_to(peer, Method::post))->body == "0");
    CHECK(peer.connections() == 1);
}

TEST_CASE("a kept connection that has grown old is not used again", "[http]")
{
    ScriptedPeer peer{answer_numbers};
    http::ClientOptions options;
    options.idle_max = std::chrono::milliseconds{0};
    Caller caller{options};
    CHECK(caller.send(request_to(peer, Method::post))->body == "0");
    const auto kept = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() == kept)
    {}
    CHECK(caller.send(request_to(peer, Method::post))->body == "1");
}

TEST_CASE("no more connections are kept than are wanted, those used last", "[http]")
{
    std::atomic<int> asked{0};
    std::promise<void> all_asked;
    const auto both = all_asked.get_future().share();
    std::promise<void> closed;
    ScriptedPeer peer{[&](PeerConnection& connection) {
        connection.read_request();
        if (++asked == 2) all_asked.set_value();
        both.wait();
        connection.send_answer("ok");
        connection.wait_for_end();
        if (++asked == 3) closed.set_value();
    }};
    http::ClientOptions options;
    options.idle_connections_max = 1;
    Caller caller{options};
    std::optional<Outcome<http::ClientResponse>> other;
    asio::co_spawn(
        caller.context, test::keep_result(caller.client.send(request_to(peer, Method::post)), other),
        [](std::exception_ptr failure) { CHECK_FALSE(failure); });
    REQUIRE(caller.send(request_to(peer, Method::post)).has_value());
    while (!other) caller.context.run_one();
    CHECK(peer.connections() == 2);
    CHECK(closed.get_future().wait_for(generous) == std::future_status::ready);
}

TEST_CASE("each origin has its own connections and its own places", "[http]")
{
    std::promise<void> release;
    const auto released = release.get_future().share();
    ScriptedPeer slow{[&](PeerConnection& connection) {
        connection.read_request();
        connection.send_answer("first");
        connection.read_request();
        released.wait();
        connection.send_answer("slow");
    }};
    ScriptedPeer quick{[](PeerConnection& connection) {
        while (!connection.read_request().empty()) connection.send_answer("quick");
    }};
    http::ClientOptions options;
    options.in_flight_max = 1;
    Caller caller{options};
    CHECK(body_or_reason(caller.send(request_to(slow, Method::post))) == "first");
    CHECK(body_or_reason(caller.send(request_to(quick, Method::post))) == "quick");
    std::optional<Outcome<http::ClientResponse>> waiting;
    asio::co_spawn(
        caller.context, test::keep_result(caller.client.send(request_to(slow, Method::post)), waiting),
        [](std::exception_ptr failure) { CHECK_FALSE(failure); });
    CHECK(body_or_reason(caller.send(request_to(quick, Method::post))) == "quick");
    CHECK_FALSE(waiting.has_value());
    release.set_value();
    while (!waiting) caller.context.run_one();
    CHECK(body_or_reason(*waiting) == "slow");
    CHECK(slow.connections() == 1);
    CHECK(quick.connections() == 1);
}

TEST_CASE("a GET whose answer had begun when its kept connection died is not sent again", "[http]")
{
    std::atomic<int> received{0};
    ScriptedPeer peer{[&received](PeerConnection& connection) {
        connection.read_request();
        ++received;
        connection.send_answer("ok");
        if (connection.read_request().empty()) return;
        ++received;
        connection.send("HTTP/1.1 200 OK\r\nContent-Le");
        connection.cut();
    }};
    Caller caller;
    REQUIRE(caller.send(request_to(peer, Method::get)).has_value());
    check_problem(caller.send(request_to(peer, Method::get)), Errc::answer_lost, "response_cut");
    CHECK(received == 2);
    CHECK(peer.connections() == 1);
}

TEST_CASE("a kept connection that the server closed meanwhile costs a write nothing", "[http]")
{
    std::promise<void> closed;
    ScriptedPeer peer{[&closed](PeerConnection& connection) {
        connection.read_request();
        connection.send_answer("ok");
        connection.cut();
        if (connection.number() == 0) closed.set_value();
    }};
    Caller caller;
    REQUIRE(caller.send(request_to(peer, Method::post)).has_value());
    closed.get_future().get();
    CHECK(caller.send(request_to(peer, Method::post)).has_value());
    CHECK(peer.connections() == 2);
}

TEST_CASE("a kept connection on which the server speaks out of turn is not used again", "[http]")
{
    std::promise<void> spoken;
    ScriptedPeer peer{[&spoken](PeerConnection& connection) {
        connection.read_request();
        connection.send_answer("ok");
        if (connection.number() != 0) return;
        connection.read_request();
        connection.send_answer("ok");
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
        spoken.set_value();
        connection.wait_for_end();
    }};
    Caller caller;
    REQUIRE(caller.send(request_to(peer, Method::post)).has_value());
    REQUIRE(caller.send(request_to(peer, Method::post)).has_value());
    spoken.get_future().get();
    CHECK(caller.send(request_to(peer, Method::post))->body == "ok");
}

TEST_CASE("a kept connection that dies under a request: a GET is sent again, once; a write never", "[http]")
{
    std::atomic<int> received{0};
    std::atomic<bool> recovers{true};
    ScriptedPeer peer{[&](PeerConnection& connection) {
        if (connection.number() > 0 && !recovers) return;
        connection.read_request();
        connection.send_answer("ok");
        if (!connection.read_request().empty()) ++received;
        connection.cut();
    }};
    Caller caller;
    REQUIRE(caller.send(request_to(peer, Method::get)).has_value());
    SECTION("GET") { CHECK(caller.send(request_to(peer, Method::get)).has_value()); }
    SECTION("GET, and the fresh connection dies too")
    {
        recovers = false;
        CHECK(caller.send(request_to(peer, Method::get)).has_error());
        CHECK(peer.connections() == 2);
    }
    SECTION("POST")
    {
        const auto outcome = caller.send(request_to(peer, Method::post));
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().code == Errc::answer_lost);
        CHECK(peer.connections() == 1);
    }
    CHECK(received == 1);
}

TEST_CASE("a write whose connection is reset after it was sent is lost, not unreachable", "[http]")
{
    ScriptedPeer peer{[](PeerConnection& connection) {
        connection.read_request();
        connection.reset();
    }};
    Caller caller;
    check_problem(caller.send(request_to(peer, Method::post)), Errc::answer_lost, "connection_lost");
}

TEST_CASE("where nobody listens is unreachable", "[http]")
{
    auto request = [] {
        ScriptedPeer gone{[](PeerConnection&) {}};
        return request_to(gone, Method::post);
    }();
    Caller caller;
    check_problem(caller.send(std::move(request)), Errc::unreachable, "connect_failed");
}

TEST_CASE("a name that does not exist is unreachable", "[http]")
{
    Caller caller;
    http::ClientRequest request{Method::get, *http::parse_origin("https://nowhere.invalid/"), "", generous};
    const auto outcome = caller.send(std::move(request));
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code == Errc::unreachable);
}

TEST_CASE("an answer that does not come within the deadline is lost", "[http]")
{
    ScriptedPeer peer{[](PeerConnection& connection) { connection.wait_for_end(); }};
    Caller caller;
    auto request = request_to(peer, Method::post);
    request.deadline = std::chrono::milliseconds{100};
    check_problem(caller.send(std::move(request)), Errc::answer_lost, "deadline");
}

TEST_CASE("an answer that breaks the protocol or a limit is lost", "[http]")
{
    struct Breach
    {
        std::string answer;
        std::string reason;
    };
    const auto breach = GENERATE(values<Breach>({
        {"<html>no http</html>\r\n\r\n", "response_malformed"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "response_cut"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "response_cut"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", "response_too_large"},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(1'048'577, 'x'), "response_too_large"},
        {"HTTP/1.1 200 OK\r\nX-A: " + std::string(17'000, 'x') + "\r\n\r\n", "response_too_large"},
        {"", "response_cut"},
    }));
    CAPTURE(breach.reason, breach.answer.substr(0, 60));
    ScriptedPeer peer{[&breach](PeerConnection& connection) {
        connection.read_request();
        connection.send(breach.answer);
    }};
    Caller caller;
    check_problem(caller.send(request_to(peer, Method::post)), Errc::answer_lost, breach.reason);
}

TEST_CASE("a redirect is an answer like any other and is not followed", "[http]")
{
    ScriptedPeer elsewhere{answer_numbers};
    ScriptedPeer peer{[&elsewhere](PeerConnection& connection) {
        connection.read_request();
        connection.send(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + std::to_string(elsewhere.port()) +
            "/\r\nContent-Length: 0\r\n\r\n");
        connection.wait_for_end();
    }};
    Caller caller;
    CHECK(caller.send(request_to(peer, Method::get))->status == 302);
    CHECK(peer.connections() == 1);
    CHECK(elsewhere.connections() == 0);
}

TEST_CASE("a header that would begin another line is refused before anything is sent", "[http]")
{
    ScriptedPeer peer{answer_numbers};
    Caller caller;
    auto request = request_to(peer, Method::get);
    request.headers = {{"X-A", "b\r\nX-Evil: c"}};
    check_problem(caller.send(std::move(request)), Errc::malformed, "request_malformed");
    CHECK(peer.connections() == 0);
}

TEST_CASE("who waits for a place is served when one is free, and is unreachable when none is in time", "[http]")
{
    std::promise<void> release;
    std::promise<void> arrived;
    ScriptedPeer peer{[&](PeerConnection& connection) {
        connection.read_request();
        arrived.set_value();
        release.get_future().wait();
        connection.send_answer("first");
        while (!connection.read_request().empty()) connection.send_answer("later");
    }};
    http::ClientOptions options;
    options.in_flight_max = 1;
    Caller caller{options};
    std::optional<Outcome<http::ClientResponse>> first;
    std::optional<Outcome<http::ClientResponse>> waiting;
    const auto start = [&caller](http::ClientRequest request, std::optional<Outcome<http::ClientResponse>>& out) {
        asio::co_spawn(
            caller.context, test::keep_result(caller.client.send(std::move(request)), out),
            [](std::exception_ptr failure) { CHECK_FALSE(failure); });
    };
    start(request_to(peer, Method::post), first);
    start(request_to(peer, Method::post), waiting);
    auto hurried = request_to(peer, Method::post);
    hurried.deadline = std::chrono::milliseconds{50};
    check_problem(caller.send(std::move(hurried)), Errc::unreachable, "deadline");
    arrived.get_future().wait();
    CHECK_FALSE(first.has_value());
    CHECK_FALSE(waiting.has_value());
    release.set_value();
    CHECK(caller.send(request_to(peer, Method::post))->body == "later");
    CHECK((*first)->body == "first");
    CHECK((*waiting)->body == "later");
    CHECK(peer.connections() == 1);
}
