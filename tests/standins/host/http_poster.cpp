#include "tests/standins/host/http_poster.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace standins {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;

namespace {

constexpr std::uint64_t body_bytes_max = 1024ULL * 1024;

std::string port_of(const std::string& base_url)
{
    for (const std::string prefix : {"http://127.0.0.1:", "http://localhost:"})
    {
        std::string port = base_url.substr(0, prefix.size()) == prefix ? base_url.substr(prefix.size()) : std::string{};
        if (!port.empty() && port.back() == '/') port.pop_back();
        if (!port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos) return port;
    }
    throw std::invalid_argument{"not the address of a server on this machine: " + base_url};
}

http::request<http::string_body> convert(Request request, const std::string& port)
{
    http::request<http::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(request.target);
    message.set(http::field::host, "127.0.0.1:" + port);
    for (const auto& [name, value] : request.headers) message.insert(name, value);
    message.body() = std::move(request.body);
    message.keep_alive(false);
    message.prepare_payload();
    return message;
}

Response convert(http::response<http::string_body> message)
{
    Response response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
    {
        std::string name{field.name_string().data(), field.name_string().size()};
        std::transform(name.begin(), name.end(), name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (name != "content-length")
            response.headers.emplace_back(std::move(name), std::string{field.value().data(), field.value().size()});
    }
    response.body = std::move(message.body());
    return response;
}

HttpPoster::Result failed(const error_code& failure)
{
    return failure == beast::error::timeout ? error_code{asio::error::timed_out} : failure;
}

asio::awaitable<HttpPoster::Result> send_once(
    asio::any_io_executor executor, Request request, std::string port, std::chrono::milliseconds deadline)
{
    error_code failure;
    beast::tcp_stream stream{executor};
    stream.expires_after(deadline);
    const tcp::endpoint endpoint{asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoul(port))};
    co_await stream.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return failed(failure);
    auto message = convert(std::move(request), port);
    co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return failed(failure);
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(body_bytes_max);
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return failed(failure);
    co_return convert(parser.release());
}

}  // namespace

HttpPoster::HttpPoster(asio::io_context& context, const std::string& base_url, std::chrono::milliseconds deadline)
    : context_{context},
      port_{port_of(base_url)},
      deadline_{deadline}
{}

asio::awaitable<HttpPoster::Result> HttpPoster::send(Request request)
{
    return send_once(context_.get_executor(), std::move(request), port_, deadline_);
}

void HttpPoster::send(Request request, std::function<void(Result)> done)
{
    // The optional is only for Asio, which wants a default for the value it hands over beside an exception.
    asio::co_spawn(
        context_, send(std::move(request)), [done = std::move(done)](std::exception_ptr failure, Result result) {
            if (failure) std::rethrow_exception(failure);
            done(std::move(result));
        });
}

}  // namespace standins
