#pragma once

#include "bot/http/message.hpp"
#include "bot/http/server_options.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>

namespace countersign::http {

// HTTP/1.1 over TCP or TLS for a hostile network. GET, HEAD and POST reach the handler, complete and within every
// limit; everything else is answered 400, 405, 408 or 413 with a fixed body and the connection is closed, as it is
// after every answer of 400 and more. At connections_max, at the limit of a peer, and without
// descriptors, the connection is closed that has gone longest without a complete request, or without taking its answer.
// Nothing that a client sends or a handler throws ends the process. One executor, single-threaded or a strand, for all
// calls.
class Server
{
public:
    // The server outlives run().
    Server(boost::asio::any_io_executor executor, ServerOptions options, Handler handler);
    ~Server();

    // Binds and listens. Throws std::runtime_error that names the address, or the TLS file, and the reason.
    void open();
    std::uint16_t port() const;  // the bound one, after open()

    // Accepts and serves until stop(), or until it is cancelled; returns when the last connection has ended.
    boost::asio::awaitable<void> run();

    // Accepts no more and closes what waits for a request; requests in flight are finished within drain_deadline.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace countersign::http
