#pragma once

#include "bot/http/message.hpp"
#include "bot/http/request_reader.hpp"
#include "bot/http/tls.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace countersign::http {

struct ServerOptions
{
    std::string address = "127.0.0.1";  // numeric
    std::uint16_t port = 0;             // 0: any free one
    std::optional<TlsFiles> tls;
    RequestLimits limits;
    std::chrono::milliseconds request_deadline{10'000};  // first byte of the head to last byte of the body, set once
    std::chrono::milliseconds idle_deadline{60'000};     // between two requests of a connection
    std::chrono::milliseconds handler_deadline{20'000};  // then 503; the handler is cancelled
    // For the client to take the answers to requests that it sent without waiting. Starts again once it waits.
    std::chrono::milliseconds answer_deadline{5'000};
    std::chrono::milliseconds drain_deadline{10'000};  // for requests in flight once stop() was called
    std::size_t connections_max = 512;
    // Of one peer (peer.hpp); Slack has many addresses. This machine itself, a reverse proxy, may have all places.
    std::size_t connections_of_peer_max = 64;
    bool this_machine_is_a_peer = false;  // like any other
    std::vector<std::string> last_paths;  // the connection ends with an answer to one of these
};

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
