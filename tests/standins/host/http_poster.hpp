#pragma once

#include "tests/standins/http.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace standins {

// Sends a stand-in's requests (Slack's commands and clicks) to a server on this machine, a connection each.
// Errors: those of the connection; asio::error::timed_out when the answer is not complete by the deadline.
class HttpPoster
{
public:
    using Result = boost::system::result<Response>;

    // `base_url`: "http://127.0.0.1:PORT" or "http://localhost:PORT"; throws std::invalid_argument for anything else.
    HttpPoster(boost::asio::io_context& context, const std::string& base_url, std::chrono::milliseconds deadline);

    // Sends request.method, target, headers and body. Host, content-length and connection are added here.
    boost::asio::awaitable<Result> send(Request request);
    // The same for callers that are no coroutines; `done` runs on the context.
    void send(Request request, std::function<void(Result)> done);

private:
    boost::asio::io_context& context_;
    std::string port_;
    std::chrono::milliseconds deadline_;
};

}  // namespace standins
