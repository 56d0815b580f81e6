#include "tests/integration/support/bot_stage.hpp"
#include "tests/standins/host/test_certificates.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <string>

// Where, and how, the program answers.

using namespace countersign::test;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

const std::string question = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
const std::string answered = "HTTP/1.1 200 OK\r\n";

bool starts(BotStage& stage)
{
    stage.start();
    return stage.writes("server_started") && stage.company.bot().running();
}

// Blocking, but never for longer than a step may take.
tcp::socket connect(asio::io_context& context, const tcp::endpoint& to)
{
    tcp::socket socket{context};
    socket.connect(to);
    const timeval limit{step_deadline.count(), 0};
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return socket;
}

template <class Stream>
std::string ask(Stream& stream)
{
    boost::system::error_code end;
    asio::write(stream, asio::buffer(question), end);
    std::string got;
    std::array<char, 1024> room{};
    while (!end)
    {
        const std::size_t size = stream.read_some(asio::buffer(room), end);
        got.append(room.data(), size);
    }
    return got;
}

std::string ask_plainly(asio::io_context& context, const tcp::endpoint& to)
{
    tcp::socket socket = connect(context, to);
    return ask(socket);
}

}  // namespace

TEST_CASE("it listens at the address that is configured, and nowhere else", "[process]")
{
    BotStage stage;
    stage.configure("listen = \"127.0.0.1:", "listen = \"127.0.0.2:");
    REQUIRE(starts(stage));
    const tcp::endpoint there{asio::ip::make_address("127.0.0.2"), stage.port()};
    CHECK(ask_plainly(stage.context, there).starts_with(answered));
    CHECK(stage.door_is_closed());
    CHECK(stage.writes(R"("event":"server_started","port":")" + std::to_string(stage.port()) + "\""));
}

TEST_CASE("with a certificate it speaks TLS, and nothing else", "[process]")
{
    BotStage stage;
    const auto files = standins::make_test_certificates(stage.company.folder());
    stage.configure(
        "[server]\n",
        "[server]\ntls_certificate = \"" + files.certificate.string() + "\"\ntls_key = \"" + files.key.string() +
            "\"\n");
    REQUIRE(starts(stage));
    const tcp::endpoint there{asio::ip::address_v4::loopback(), stage.port()};

    asio::ssl::context trust{asio::ssl::context::tls_client};
    trust.load_verify_file(files.authority.string());
    trust.set_verify_mode(asio::ssl::verify_peer);
    trust.set_verify_callback(asio::ssl::host_name_verification{"localhost"});
    asio::ssl::stream<tcp::socket> stream{connect(stage.context, there), trust};
    boost::system::error_code failure;
    stream.handshake(asio::ssl::stream_base::client, failure);
    CAPTURE(failure.message());
    REQUIRE_FALSE(failure);
    CHECK(ask(stream).starts_with(answered));

    CHECK(ask_plainly(stage.context, there).find("HTTP/1.1 200") == std::string::npos);
}
