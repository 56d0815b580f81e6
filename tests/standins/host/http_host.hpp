#pragma once

#include "tests/standins/exchange.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace standins {

// A small HTTP/1.1 server on 127.0.0.1 for a stand-in: keep-alive, chunked requests, bodies to 1 MiB, one call at a
// time for each connection. It performs what an Exchange says the network does: delays, resets, cut answers.
// Runs on the given context's thread; the handler is called there. Not hardened: for tests and the demo.
class HttpHost
{
public:
    using Handler = std::function<Exchange(const Request&)>;
    // For a service whose answer may have to wait. What the coroutine refers to lives as long as the context runs.
    using WaitingHandler = std::function<boost::asio::awaitable<Exchange>(Request)>;

    struct Options
    {
        std::uint16_t port = 0;            // 0: any free one
        bool or_any_port = false;          // another free one when `port` is taken
        bool chunked = false;              // answers come chunked, as Auth0 sends them
        std::string tls_certificate_file;  // PEM; both set: https
        std::string tls_key_file;
    };

    // Binds and listens at once; throws boost::system::system_error when that fails.
    HttpHost(boost::asio::io_context& context, Handler handler, Options options);
    HttpHost(boost::asio::io_context& context, Handler handler);
    HttpHost(boost::asio::io_context& context, WaitingHandler handler, Options options);
    // Stops. Connections that are still open end when the context runs on, or with it.
    ~HttpHost();
    HttpHost(const HttpHost&) = delete;
    HttpHost& operator=(const HttpHost&) = delete;

    std::uint16_t port() const;
    std::string base_url() const;  // "http://127.0.0.1:PORT", with TLS "https://localhost:PORT"
    // Closes the listener and every connection. Idempotent.
    void stop();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace standins
