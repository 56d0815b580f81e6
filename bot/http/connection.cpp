#include "bot/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace countersign::http {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// A cancelled caller is to unwind; a connection that was closed under it shows the same error and is not that.
void throw_if_cancelled(const asio::cancellation_state& state)
{
    if (state.cancelled() == asio::cancellation_type::none) return;
    throw boost::system::system_error{asio::error::operation_aborted};
}

}  // namespace

bool ReadResult::is_end() const noexcept { return error == asio::error::eof; }

Connection::Connection(Plain socket) : stream_{std::in_place_type<Plain>, std::move(socket)} {}

Connection::Connection(Plain socket, ssl::context& context)
    : stream_{std::in_place_type<Tls>, std::move(socket), context}
{}

SSL* Connection::tls() noexcept
{
    Tls* stream = std::get_if<Tls>(&stream_);
    return stream == nullptr ? nullptr : stream->native_handle();
}

Connection::Plain& Connection::socket() noexcept
{
    Tls* stream = std::get_if<Tls>(&stream_);
    return stream == nullptr ? std::get<Plain>(stream_) : stream->next_layer();
}

asio::awaitable<error_code> Connection::handshake(ssl::stream_base::handshake_type side)
{
    Tls* stream = std::get_if<Tls>(&stream_);
    if (stream == nullptr) co_return error_code{};
    const auto [ec] = co_await stream->async_handshake(side, as_result);
    const auto state = co_await asio::this_coro::cancellation_state;
    throw_if_cancelled(state);
    co_return ec;
}

asio::awaitable<ReadResult> Connection::read_some(std::span<char> space)
{
    const asio::mutable_buffer room{space.data(), space.size()};
    ReadResult result;
    if (Tls* stream = std::get_if<Tls>(&stream_))
    {
        const auto [ec, bytes] = co_await stream->async_read_some(room, as_result);
        result.error = ec;
        result.bytes = bytes;
    }
    else
    {
        const auto [ec, bytes] = co_await socket().async_read_some(room, as_result);
        result.error = ec;
        result.bytes = bytes;
    }
    const auto state = co_await asio::this_coro::cancellation_state;
    throw_if_cancelled(state);
    co_return result;
}

asio::awaitable<error_code> Connection::write(std::string_view bytes)
{
    const asio::const_buffer all{bytes.data(), bytes.size()};
    error_code failure;
    if (Tls* stream = std::get_if<Tls>(&stream_))
    {
        const auto [ec, written] = co_await asio::async_write(*stream, all, as_result);
        failure = ec;
    }
    else
    {
        const auto [ec, written] = co_await asio::async_write(socket(), all, as_result);
        failure = ec;
    }
    const auto state = co_await asio::this_coro::cancellation_state;
    throw_if_cancelled(state);
    co_return failure;
}

asio::awaitable<void> Connection::finish(std::size_t drop_bytes_max)
{
    error_code ignored;
    if (Tls* stream = std::get_if<Tls>(&stream_)) co_await stream->async_shutdown(as_result);
    socket().shutdown(Plain::shutdown_send, ignored);
    std::array<char, 4096> dropped;
    for (std::size_t total = 0; total < drop_bytes_max;)
    {
        const auto [ec, bytes] = co_await socket().async_read_some(asio::buffer(dropped), as_result);
        if (ec) break;
        total += bytes;
    }
    close();
}

void Connection::close() noexcept
{
    error_code ignored;
    socket().close(ignored);
}

void Connection::abandon() noexcept
{
    error_code ignored;
    socket().set_option(Plain::linger{true, 0}, ignored);
    close();
}

bool Connection::is_quiet() noexcept
{
    if (SSL* native = tls(); native != nullptr && (SSL_get_shutdown(native) != 0 || SSL_pending(native) != 0))
        return false;
    char byte = 0;
    const auto got = ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace countersign::http
