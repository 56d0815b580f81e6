#include "tests/integration/support/certificates.hpp"
#include "tests/integration/support/gate.hpp"
#include "tests/integration/support/raw_client.hpp"
#include "tests/integration/support/running_server.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

// Every wait of the server has an end, every number of connections a limit, and a stop loses no request.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

const std::string kept = "GET /kept HTTP/1.1\r\nHost: bot.test\r\n\r\n";
const std::string honest = "GET /honest HTTP/1.1\r\nHost: bot.test\r\nConnection: close\r\n\r\n";

// A server on which nothing ends by itself within the life of a test.
http::ServerOptions patient_options()
{
    http::ServerOptions options;
    options.request_deadline = 60s;
    options.idle_deadline = 60s;
    options.handler_deadline = 60s;
    options.answer_deadline = 60s;
    options.drain_deadline = 30s;
    return options;
}

// Waits, once answered, for its next request.
bool asks(RunningServer& server, RawClient& client)
{
    client.send(kept);
    const bool is_answered = client.read_response().status == 200;
    server.settle();
    return is_answered;
}

// In the middle of a request, as the server knows.
bool begins(RawClient& client)
{
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    return client.read_response().status == 100;
}

bool ends_request(RawClient& client)
{
    client.send("abc");
    return client.read_response().status == 200;
}

}  // namespace

TEST_CASE("at the limit the one that has waited longest makes room for a new connection, and no other does", "[http]")
{
    auto options = patient_options();
    options.connections_max = 3;
    RunningServer server{options};
    RawClient first{server.port()}, second{server.port()}, third{server.port()};
    REQUIRE(asks(server, third));
    REQUIRE(asks(server, second));
    REQUIRE(asks(server, first));
    CHECK_FALSE(third.has_input());
    RawClient late{server.port()};
    CHECK(asks(server, late));
    CHECK(third.sees_end());
    CHECK(asks(server, second));
    CHECK(asks(server, first));
    // Whoever asked again has not waited long.
    RawClient later{server.port()};
    CHECK(asks(server, later));
    CHECK(late.sees_end());
    CHECK(asks(server, second));
    CHECK(asks(server, first));
}

TEST_CASE("who has not asked for anything yet makes room for one who is new, with half a request, too", "[http]")
{
    auto options = patient_options();
    options.connections_max = 3;
    RunningServer server{options};
    RawClient oldest{server.port()}, younger{server.port()}, waiting{server.port()};
    REQUIRE(begins(oldest));
    REQUIRE(begins(younger));
    REQUIRE(asks(server, waiting));
    // Half a request keeps no place: who has waited longest for the end of one goes first.
    RawClient late{server.port()};
    REQUIRE(begins(late));
    CHECK(oldest.sees_end());
    RawClient later{server.port()};
    CHECK(asks(server, later));
    CHECK(younger.sees_end());
    CHECK(asks(server, waiting));
    CHECK(ends_request(late));
}

TEST_CASE("one that is being served makes room for nobody: a connection too many is closed", "[http]")
{
    Gate gate;
    auto options = patient_options();
    options.connections_max = 1;
    RunningServer server{options, gate.handler()};
    RawClient served{server.port()};
    served.send(kept);
    gate.wait_until_entered();
    RawClient late{server.port()};
    CHECK(late.sees_end());
    gate.open(server.context());
    CHECK(served.read_response().status == 200);
}

TEST_CASE("a new connection on which nothing is asked is closed after the time of a request", "[http]")
{
    auto options = patient_options();
    options.request_deadline = 100ms;
    RunningServer server{options};
    RawClient client{server.port()};
    CHECK(client.sees_end());
}

TEST_CASE("a request that has begun is given the time of a request, on a used connection, too", "[http]")
{
    const bool is_used = GENERATE(false, true);
    auto options = patient_options();
    options.request_deadline = 200ms;
    RunningServer server{options};
    RawClient client{server.port()};
    if (is_used) REQUIRE(asks(server, client));
    client.send("GET /slow HTTP/1.1\r\n");
    CHECK(client.read_response().status == 408);
}

TEST_CASE("a used connection on which nothing more is asked is closed after the time for idling", "[http]")
{
    auto options = patient_options();
    options.idle_deadline = 100ms;
    RunningServer server{options};
    RawClient client{server.port()};
    REQUIRE(asks(server, client));
    CHECK(client.sees_end());
}

TEST_CASE("a client that does not take its answer is left in the end", "[http]")
{
    const http::Handler long_winded = [](http::ServerRequest) -> asio::awaitable<http::ServerReply> {
        http::ServerReply reply;
        reply.status = 200;
        reply.body.assign(64'000'000, 'x');  // more than the sockets hold
        co_return reply;
    };
    auto options = patient_options();
    options.answer_deadline = 300ms;  // a few dozen of them would be too long for ends()
    RunningServer server{options, long_winded};
    RawClient client{server.port()};
    client.send(honest);
    REQUIRE(client.has_input(10s));
    server.stop();
    CHECK(server.ends());
}

TEST_CASE("a client that does not close after its last answer is not waited for", "[http]")
{
    RunningServer server{patient_options()};
    RawClient client{server.port()};
    client.send(honest);
    REQUIRE(client.read_response().status == 200);
    server.stop();
    CHECK(server.ends());
}

TEST_CASE("a client that has nothing to say in a TLS handshake is closed after the time of a request", "[http][tls]")
{
    const auto identity = Identity::self_signed({});
    const TemporaryDirectory directory;
    auto options = patient_options();
    options.tls = http::TlsFiles{
        directory.write("certificate.pem", identity.pem().certificate), directory.write("key.pem", identity.pem().key)};
    SECTION("by its deadline")
    {
        options.request_deadline = 100ms;
        RunningServer server{options};
        RawClient silent{server.port()};
        CHECK(silent.sees_end());
    }
    SECTION("by a stop")
    {
        RunningServer server{options};
        RawClient silent{server.port()};
        RawClient talker{server.port()};
        talker.send(honest);  // no TLS: turned away, once the other was accepted
        REQUIRE(talker.has_input(10s));
        server.stop();
        CHECK(server.ends());
        CHECK(silent.sees_end());
    }
}

TEST_CASE("stop() finishes the request in flight, closes the idle and accepts no more", "[http]")
{
    Gate gate;
    RunningServer server{patient_options(), gate.handler()};
    RawClient idle{server.port()};
    RawClient busy{server.port()};
    busy.send(kept);
    gate.wait_until_entered();
    server.stop();
    CHECK(idle.sees_end());
    CHECK_THROWS(RawClient{server.port()});
    gate.open(server.context(), 100ms);  // a stop that cuts does so before
    const auto answer = busy.read_response();
    CHECK(answer.status == 200);
    CHECK_THAT(answer.head, Catch::Contains("\r\nConnection: close\r\n"));
    CHECK(busy.sees_end());
    CHECK(server.ends());
}

TEST_CASE("stop() lets a request that has begun come to its end", "[http]")
{
    RunningServer server{patient_options()};
    RawClient idle{server.port()};
    RawClient begun{server.port()};
    REQUIRE(begins(begun));
    server.stop();
    CHECK(idle.sees_end());
    begun.send("abc");
    const auto answer = begun.read_response();
    CHECK(answer.status == 200);
    CHECK_THAT(answer.head, Catch::Contains("\r\nConnection: close\r\n"));
    CHECK(begun.sees_end());
    CHECK(server.ends());
}

TEST_CASE("stop() does not wait for ever: past its time a request is cut", "[http]")
{
    Gate gate;
    auto options = patient_options();
    options.drain_deadline = 50ms;
    RunningServer server{options, gate.handler()};
    RawClient busy{server.port()};
    busy.send(kept);
    gate.wait_until_entered();
    server.stop();
    CHECK(server.ends());
    CHECK(busy.read_all().empty());
}

TEST_CASE("a connection ends with an answer of 400 and more, and with no other", "[http]")
{
    const http::Handler by_path = [](http::ServerRequest request) -> asio::awaitable<http::ServerReply> {
        http::ServerReply reply;
        reply.status = std::stoi(request.target.substr(1));
        co_return reply;
    };
    RunningServer server{patient_options(), by_path};
    const int status = GENERATE(200, 302, 399, 400, 401, 404, 503);
    RawClient client{server.port()};
    client.send("GET /" + std::to_string(status) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.read_response();
    CHECK(answer.status == status);
    const bool closes = answer.head.find("\r\nConnection: close\r\n") != std::string::npos;
    CHECK(closes == (status >= 400));
    client.send("GET /200 HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.read_response().status == (closes ? 0 : 200));
}

TEST_CASE("what the server allows by itself is what the design says", "[http]")
{
    const http::ServerOptions options;
    CHECK(options.request_deadline == 10s);
    CHECK(options.idle_deadline == 60s);
    CHECK(options.handler_deadline == 20s);
    CHECK(options.answer_deadline == 5s);
    CHECK(options.drain_deadline == 10s);
    CHECK(options.connections_max == 512);
    CHECK(options.connections_of_peer_max == 64);
    CHECK_FALSE(options.this_machine_is_a_peer);
}
