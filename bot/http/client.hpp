#pragma once

#include "bot/http/response_reader.hpp"
#include "bot/http/tls.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace countersign::http {

struct ClientOptions
{
    TrustAnchors trust;
    std::function<TimePoint()> date;  // by which certificates are judged; without it, the machine's
    ResponseLimits limits;
    std::chrono::milliseconds connect_deadline{5'000};  // name, TCP and TLS together; inside the request's deadline
    std::chrono::milliseconds idle_max{30'000};         // a kept connection is not used after this
    std::size_t idle_connections_max = 8;               // an origin
    std::size_t in_flight_max = 16;                     // an origin; others wait, within their deadline
};

// The one HTTP/1.1 client, over TCP (loopback) or TLS, keeping connections per origin.
// See Client for what each Problem means; its reason is one of request_malformed, resolve_failed, connect_failed,
// tls_failed, connection_lost, response_too_large, response_malformed, response_cut, deadline.
// A connection is used again only when the peer has been silent since its last answer. No proxy, no cookies, no
// compression, no TLS resumption. One executor, single-threaded or a strand, for all calls.
class PooledClient final : public Client
{
public:
    // Throws std::runtime_error when the trust anchors do not load.
    PooledClient(boost::asio::any_io_executor executor, ClientOptions options);
    ~PooledClient() override;

    // For each configured origin at start: throws std::runtime_error for an https one when no CA certificate is known.
    void require_trust(const Origin& origin) const;

    boost::asio::awaitable<Outcome<ClientResponse>> send(ClientRequest request) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace countersign::http
