#pragma once

#include "tests/integration/support/certificates.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

namespace countersign::test {

// The peer's end of one connection, over blocking operations.
class PeerConnection
{
public:
    PeerConnection(boost::asio::ip::tcp::socket socket, int number);
    PeerConnection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls, int number);

    int number() const noexcept { return number_; }  // 0 for the first connection that the peer accepted

    // Head and body of one request, or an empty string when there is none.
    std::string read_request();
    void send(std::string_view bytes);
    void send_answer(std::string_view body);  // 200 with a length, kept alive
    void wait_for_end();                      // until the client closes

    void finish();  // in order: close_notify when there is TLS, then FIN
    void cut();     // FIN alone
    void reset();   // RST

    bool handshake();
    void unblock();  // from any thread: every operation fails

private:
    using Plain = boost::asio::ip::tcp::socket;
    using Tls = boost::asio::ssl::stream<Plain>;

    Plain& socket();
    std::size_t read_some(char* data, std::size_t size);

    std::variant<Plain, Tls> stream_;
    std::mutex closing_;  // reset() of the script against unblock() of the test
    int number_;
    std::string buffer_;
};

// A server that does to each connection what a script says, on loopback. Wrong handshakes are counted, not scripted.
class ScriptedPeer
{
public:
    using Script = std::function<void(PeerConnection&)>;

    explicit ScriptedPeer(Script script) : ScriptedPeer{std::nullopt, std::move(script)} {}
    ScriptedPeer(boost::asio::ssl::context tls, Script script)
        : ScriptedPeer{std::optional{std::move(tls)}, std::move(script)}
    {}
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;
    ~ScriptedPeer();

    std::uint16_t port() const noexcept { return port_; }
    int connections() const noexcept { return connections_; }

private:
    ScriptedPeer(std::optional<boost::asio::ssl::context> tls, Script script);

    void accept_all();
    void serve(std::shared_ptr<PeerConnection> connection);

    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::optional<boost::asio::ssl::context> tls_;
    Script script_;
    std::atomic<int> connections_{0};
    std::atomic<bool> ending_{false};
    std::mutex mutex_;
    std::vector<std::shared_ptr<PeerConnection>> open_;
    std::vector<std::thread> workers_;
    std::thread accepting_;
};

// A server context that holds an identity, with every weakness still allowed.
boost::asio::ssl::context make_weak_context(const Pem& identity);

}  // namespace countersign::test
