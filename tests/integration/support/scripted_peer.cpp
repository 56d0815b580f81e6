#include "tests/integration/support/scripted_peer.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

#include <array>
#include <cstdlib>

namespace countersign::test {

namespace asio = boost::asio;
using boost::system::error_code;

PeerConnection::PeerConnection(Plain socket, int number)
    : stream_{std::in_place_type<Plain>, std::move(socket)},
      number_{number}
{}

PeerConnection::PeerConnection(Plain socket, asio::ssl::context& tls, int number)
    : stream_{std::in_place_type<Tls>, std::move(socket), tls},
      number_{number}
{}

PeerConnection::Plain& PeerConnection::socket()
{
    Tls* tls = std::get_if<Tls>(&stream_);
    return tls == nullptr ? std::get<Plain>(stream_) : tls->next_layer();
}

bool PeerConnection::handshake()
{
    error_code ec;
    if (Tls* tls = std::get_if<Tls>(&stream_)) tls->handshake(asio::ssl::stream_base::server, ec);
    return !ec;
}

std::size_t PeerConnection::read_some(char* data, std::size_t size)
{
    error_code ec;
    Tls* tls = std::get_if<Tls>(&stream_);
    const auto room = asio::buffer(data, size);
    return tls == nullptr ? socket().read_some(room, ec) : tls->read_some(room, ec);
}

std::string PeerConnection::read_request()
{
    std::array<char, 4096> room;
    for (;;)
    {
        const auto end = buffer_.find("\r\n\r\n");
        if (end != std::string::npos)
        {
            const std::string name = "\r\nContent-Length: ";
            const auto at = buffer_.find(name);
            const auto length =
                at < end ? std::strtoul(buffer_.c_str() + at + name.size(), nullptr, 10) : std::size_t{0};
            if (buffer_.size() >= end + 4 + length)
            {
                const std::string request = buffer_.substr(0, end + 4 + length);
                buffer_.erase(0, request.size());
                return request;
            }
        }
        const auto got = read_some(room.data(), room.size());
        if (got == 0) return {};
        buffer_.append(room.data(), got);
    }
}

void PeerConnection::send(std::string_view bytes)
{
    error_code ignored;
    if (Tls* tls = std::get_if<Tls>(&stream_))
        asio::write(*tls, asio::buffer(bytes.data(), bytes.size()), ignored);
    else
        asio::write(socket(), asio::buffer(bytes.data(), bytes.size()), ignored);
}

void PeerConnection::send_answer(std::string_view body)
{
    send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body});
}

void PeerConnection::wait_for_end()
{
    std::array<char, 4096> room;
    while (read_some(room.data(), room.size()) > 0)
    {}
}

void PeerConnection::finish()
{
    if (Tls* tls = std::get_if<Tls>(&stream_))
    {
        error_code ignored;
        tls->shutdown(ignored);
    }
    cut();
}

void PeerConnection::cut()
{
    error_code ignored;
    socket().shutdown(Plain::shutdown_both, ignored);
}

void PeerConnection::reset()
{
    const std::lock_guard lock{closing_};
    error_code ignored;
    socket().set_option(asio::socket_base::linger{true, 0}, ignored);
    socket().close(ignored);
}

void PeerConnection::unblock()
{
    const std::lock_guard lock{closing_};
    if (socket().is_open()) ::shutdown(socket().native_handle(), SHUT_RDWR);
}

ScriptedPeer::ScriptedPeer(std::optional<asio::ssl::context> tls, Script script)
    : acceptor_{context_, {asio::ip::address_v4::loopback(), 0}},
      port_{acceptor_.local_endpoint().port()},
      tls_{std::move(tls)},
      script_{std::move(script)},
      accepting_{[this] { accept_all(); }}
{}

ScriptedPeer::~ScriptedPeer()
{
    ending_ = true;
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    accepting_.join();
    {
        const std::lock_guard lock{mutex_};
        for (const auto& connection : open_) connection->unblock();
    }
    for (auto& worker : workers_) worker.join();
}

void ScriptedPeer::accept_all()
{
    while (!ending_)
    {
        asio::ip::tcp::socket socket{context_};
        error_code ec;
        acceptor_.accept(socket, ec);
        if (ec) continue;
        socket.set_option(asio::ip::tcp::no_delay{true}, ec);  // what a script says is sent when it says it
        const int number = connections_++;
        auto connection = tls_ ? std::make_shared<PeerConnection>(std::move(socket), *tls_, number)
                               : std::make_shared<PeerConnection>(std::move(socket), number);
        const std::lock_guard lock{mutex_};
        open_.push_back(connection);
        workers_.emplace_back([this, connection] { serve(connection); });
    }
}

void ScriptedPeer::serve(std::shared_ptr<PeerConnection> connection)
{
    if (connection->handshake()) script_(*connection);
    connection->cut();
}

asio::ssl::context make_weak_context(const Pem& identity)
{
    asio::ssl::context context{asio::ssl::context::tls_server};
    SSL_CTX_set_security_level(context.native_handle(), 0);
    SSL_CTX_set_cipher_list(context.native_handle(), "ALL:@SECLEVEL=0");
    context.use_certificate_chain(asio::buffer(identity.certificate));
    context.use_private_key(asio::buffer(identity.key), asio::ssl::context::pem);
    return context;
}

}  // namespace countersign::test
