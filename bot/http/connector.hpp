#pragma once

#include "bot/http/connection.hpp"
#include "handlers/core/time.hpp"
#include "handlers/ports/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>

namespace countersign::http {

// Resolves, connects and, for https, shakes hands with a peer that proves to be origin.host. All problems are
// Errc::unreachable: resolve_failed, connect_failed, tls_failed. Ends when cancelled, also during a lookup.
// `tls` outlives the connection; `date`: by which the peer's certificate is judged, else the machine's.
boost::asio::awaitable<Outcome<std::unique_ptr<Connection>>> connect(
    boost::asio::any_io_executor executor, Origin origin, boost::asio::ssl::context& tls,
    std::optional<TimePoint> date);

}  // namespace countersign::http
