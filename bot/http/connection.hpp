#pragma once

#include "bot/http/tls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <variant>

namespace countersign::http {

struct ReadResult
{
    boost::system::error_code error;
    std::size_t bytes = 0;

    // The peer has said that it sends no more: FIN, and with TLS a close_notify before it. A FIN alone is an error.
    bool is_end() const noexcept;
};

// One TCP connection, plain or with TLS. No operation has a limit of its own: callers use with_timeout. Errors are
// returned; a cancelled operation throws operation_aborted. Used by server.cpp and client.cpp alone.
class Connection
{
public:
    explicit Connection(boost::asio::ip::tcp::socket socket);
    Connection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Null for a plain connection.
    SSL* tls() noexcept;

    // Does nothing on a plain connection.
    boost::asio::awaitable<boost::system::error_code> handshake(boost::asio::ssl::stream_base::handshake_type side);
    boost::asio::awaitable<ReadResult> read_some(std::span<char> space);
    // `bytes` stays valid until this has ended.
    boost::asio::awaitable<boost::system::error_code> write(std::string_view bytes);

    // Says that we send no more, then reads and drops at most `drop_bytes_max`, so that an answer is not lost to the
    // reset that closing on unread bytes would cause.
    boost::asio::awaitable<void> finish(std::size_t drop_bytes_max);

    void close() noexcept;
    // Closes, and lets the machine forget what the peer has not taken.
    void abandon() noexcept;

    // Without waiting: whether the peer is silent, as it must be between an answer and the next request. False when it
    // has closed, or has sent anything at all.
    bool is_quiet() noexcept;

private:
    using Plain = boost::asio::ip::tcp::socket;
    using Tls = boost::asio::ssl::stream<Plain>;

    Plain& socket() noexcept;

    std::variant<Plain, Tls> stream_;
};

}  // namespace countersign::http
