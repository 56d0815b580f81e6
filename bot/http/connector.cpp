#include "bot/http/connector.hpp"

#include "handlers/core/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/ssl.h>

#include <utility>
#include <vector>

namespace countersign::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// A lookup runs in Asio's resolver thread and cannot be interrupted (getaddrinfo); its caller can. Whatever comes
// too late is dropped with the last owner.
struct Lookup
{
    explicit Lookup(const asio::any_io_executor& executor)
        : resolver{executor},
          done{executor, asio::steady_timer::time_point::max()}
    {}

    tcp::resolver resolver;
    asio::steady_timer done;
    std::vector<tcp::endpoint> endpoints;
};

asio::awaitable<std::vector<tcp::endpoint>> resolve(asio::any_io_executor executor, Origin origin)
{
    error_code not_an_address;
    const auto address = asio::ip::make_address(origin.host, not_an_address);
    auto lookup = std::make_shared<Lookup>(executor);
    if (!not_an_address)
    {
        const auto port = static_cast<std::uint16_t>(std::stoul(origin.port));
        lookup->endpoints.emplace_back(address, port);
        co_return std::move(lookup->endpoints);
    }
    auto on_done = [lookup](const error_code& ec, const tcp::resolver::results_type& found) {
        if (!ec) lookup->endpoints.assign(found.begin(), found.end());
        lookup->done.cancel();
    };
    lookup->resolver.async_resolve(origin.host, origin.port, tcp::resolver::numeric_service, std::move(on_done));
    co_await lookup->done.async_wait(as_result);
    // Given up on, it must not queue on the resolver's one thread: a shutdown would wait for it.
    lookup->resolver.cancel();
    co_return std::move(lookup->endpoints);
}

Problem unreachable(const char* reason) { return Problem{Errc::unreachable, reason}; }

}  // namespace

asio::awaitable<Outcome<std::unique_ptr<Connection>>> connect(
    asio::any_io_executor executor, Origin origin, asio::ssl::context& tls, std::optional<TimePoint> date)
{
    const auto endpoints = co_await resolve(executor, origin);
    if (endpoints.empty()) co_return unreachable("resolve_failed");

    tcp::socket socket{executor};
    const auto [failure, endpoint] = co_await asio::async_connect(socket, endpoints, as_result);
    if (failure) co_return unreachable("connect_failed");
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    if (origin.scheme != "https") co_return std::make_unique<Connection>(std::move(socket));

    auto connection = std::make_unique<Connection>(std::move(socket), tls);
    expect_peer(connection->tls(), origin.host, date);
    const auto refused = co_await connection->handshake(asio::ssl::stream_base::client);
    if (refused)
    {
        const auto verdict = SSL_get_verify_result(connection->tls());
        const char* cause = verdict == X509_V_OK ? "" : X509_verify_cert_error_string(verdict);
        log::warn("tls_failed", {{"host", origin.host}, {"error", refused.message()}, {"certificate", cause}});
        co_return unreachable("tls_failed");
    }
    co_return connection;
}

}  // namespace countersign::http
