#include "tests/integration/support/certificates.hpp"
#include "tests/integration/support/gate.hpp"
#include "tests/integration/support/raw_client.hpp"
#include "tests/integration/support/running_server.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

// Who takes places and gives nothing for them: answers that nobody reads, and many connections from one address.
using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr int little = 4096;  // what the machine of a client takes that does not read
constexpr int requests_at_once = 40;

const std::string kept = "GET /kept HTTP/1.1\r\nHost: bot.test\r\n\r\n";

http::ServerOptions patient_options()
{
    http::ServerOptions options;
    options.request_deadline = 60s;
    options.idle_deadline = 60s;
    options.answer_deadline = 60s;
    return options;
}

// Within what Slack is ever answered; all of them together are more than the sockets hold.
asio::awaitable<http::ServerReply> ample(http::ServerRequest)
{
    http::ServerReply reply;
    reply.status = 200;
    reply.body.assign(32'000, 'x');
    co_return reply;
}

std::string many_requests()
{
    std::string requests;
    for (int number = 0; number < requests_at_once; ++number) requests += kept;
    return requests;
}

// With TLS. Throws where it is turned away.
class SecureClient
{
public:
    explicit SecureClient(std::uint16_t port)
    {
        stream_.next_layer().open(tcp::v4());
        stream_.next_layer().set_option(asio::socket_base::receive_buffer_size{little});
        stream_.next_layer().connect({asio::ip::address_v4::loopback(), port});
        stream_.handshake(asio::ssl::stream_base::client);
    }

    void send(const std::string& bytes) { asio::write(stream_, asio::buffer(bytes)); }
    bool is_answered()
    {
        send(kept);
        std::string start(4, '\0');
        return asio::read(stream_, asio::buffer(start)) == 4 && start == "HTTP";
    }

private:
    asio::io_context context_;
    asio::ssl::context tls_{asio::ssl::context::tls_client};
    asio::ssl::stream<tcp::socket> stream_{context_, tls_};
};

std::unique_ptr<RawClient> unread(std::uint16_t port)
{
    auto client = std::make_unique<RawClient>(port, "127.0.0.1", little);
    REQUIRE(client->send(many_requests()));
    return client;
}

bool asks(RawClient& client)
{
    client.send(kept);
    return client.read_response().status == 200;
}

}  // namespace

TEST_CASE("who sends request after request and reads no answer is cut off after the time of one answer", "[http]")
{
    auto options = patient_options();
    options.answer_deadline = 100ms;
    RunningServer server{options, ample};
    const auto client = unread(server.port());
    CHECK(client->is_cut_off());
    CHECK(server.take_requests().size() < requests_at_once);
}

TEST_CASE("who reads is answered every request that was sent at once", "[http]")
{
    RunningServer server{patient_options(), ample};
    RawClient client{server.port()};
    REQUIRE(client.send(many_requests()));
    int answered = 0;
    while (answered < requests_at_once && client.read_response().status == 200) ++answered;
    CHECK(answered == requests_at_once);
}

TEST_CASE("answers that nobody takes hold no place that is needed", "[http]")
{
    auto options = patient_options();
    options.connections_max = 3;
    RunningServer server{options, ample};
    std::vector<std::unique_ptr<RawClient>> stalled, late;
    while (stalled.size() < options.connections_max) stalled.push_back(unread(server.port()));
    server.settle();  // all of them are being written to
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (late.size() < options.connections_max && std::chrono::steady_clock::now() < end)
    {
        auto client = std::make_unique<RawClient>(server.port());
        if (!asks(*client)) continue;
        late.push_back(std::move(client));
        // By now the moment of writing is over for every one of them: none who is new makes room.
        CHECK_FALSE(late.back()->has_input(100ms));
    }
    REQUIRE(late.size() == options.connections_max);
    for (const auto& client : late) CHECK(asks(*client));
    for (const auto& client : stalled) CHECK(client->is_cut_off());
}

TEST_CASE("answers that nobody takes hold no place that is needed, with TLS either", "[http][tls]")
{
    const auto identity = Identity::self_signed({});
    const TemporaryDirectory directory;
    auto options = patient_options();
    options.connections_max = 3;
    options.tls = http::TlsFiles{
        directory.write("certificate.pem", identity.pem().certificate), directory.write("key.pem", identity.pem().key)};
    RunningServer server{options, ample};
    std::vector<std::unique_ptr<SecureClient>> stalled, late;
    for (std::size_t number = 0; number < options.connections_max; ++number)
    {
        stalled.push_back(std::make_unique<SecureClient>(server.port()));
        stalled.back()->send(many_requests());
    }
    server.settle();
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (late.size() < options.connections_max && std::chrono::steady_clock::now() < end)
    {
        try
        {
            auto client = std::make_unique<SecureClient>(server.port());
            if (client->is_answered()) late.push_back(std::move(client));
        }
        catch (const boost::system::system_error&)
        {
            // Within the moment of writing that everybody has: it tries again.
        }
    }
    CHECK(late.size() == options.connections_max);
}

TEST_CASE(
    "one address has no more places than it may, its oldest makes room for its newest, and nobody else's", "[http]")
{
    auto options = patient_options();
    options.connections_max = 10;
    options.connections_of_peer_max = 2;
    options.this_machine_is_a_peer = true;
    RunningServer server{options};
    RawClient other{server.port(), "127.0.0.3"};
    REQUIRE(asks(other));
    RawClient first{server.port(), "127.0.0.2"}, second{server.port(), "127.0.0.2"};
    REQUIRE(asks(second));
    REQUIRE(asks(first));
    std::vector<std::unique_ptr<RawClient>> next;  // all stay: who has gone takes no place
    for (int number = 0; number < 20; ++number)
    {
        next.push_back(std::make_unique<RawClient>(server.port(), "127.0.0.2"));
        CHECK(asks(*next.back()));
    }
    CHECK(second.sees_end());
    CHECK(first.sees_end());
    CHECK(asks(other));
}

TEST_CASE("an address all of whose places are being served gets no other, and another address does", "[http]")
{
    Gate gate;
    auto options = patient_options();
    options.connections_of_peer_max = 1;
    options.this_machine_is_a_peer = true;
    const http::Handler by_path = [in_gate = gate.handler()](http::ServerRequest request) {
        if (request.target == "/kept") return RunningServer::answer_ok(std::move(request));
        return in_gate(std::move(request));
    };
    RunningServer server{options, by_path};
    RawClient served{server.port(), "127.0.0.2"};
    served.send("GET /gate HTTP/1.1\r\nHost: bot.test\r\n\r\n");
    gate.wait_until_entered();
    RawClient late{server.port(), "127.0.0.2"};
    CHECK(late.sees_end());
    RawClient other{server.port(), "127.0.0.3"};
    CHECK(asks(other));
    gate.open(server.context());
    CHECK(served.read_response().status == 200);
}

TEST_CASE("this machine itself, where a reverse proxy brings everybody, may have every place", "[http]")
{
    auto options = patient_options();
    options.connections_of_peer_max = 1;
    RunningServer server{options};
    RawClient first{server.port()}, second{server.port()}, third{server.port(), "127.0.0.2"};
    for (RawClient* each : {&third, &second, &first, &third}) CHECK(asks(*each));
}

TEST_CASE("a connection ends with an answer to a path that is named for it, and with no other", "[http]")
{
    auto options = patient_options();
    options.last_paths = {"/last", "/last/too"};
    RunningServer server{options};
    for (const char* target : {"/last", "/last?why", "/last/too"})
    {
        RawClient client{server.port()};
        CHECK(asks(client));
        client.send("GET " + std::string{target} + " HTTP/1.1\r\nHost: bot.test\r\n\r\n");
        const auto answer = client.read_response();
        CHECK(answer.status == 200);
        CHECK_THAT(answer.head, Catch::Contains("\r\nConnection: close\r\n"));
        CHECK(client.sees_end());
    }
    RawClient client{server.port()};
    client.send("GET /last/three HTTP/1.1\r\nHost: bot.test\r\n\r\n");
    CHECK(client.read_response().status == 200);
    CHECK(asks(client));
}
