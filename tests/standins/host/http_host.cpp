#include "tests/standins/host/http_host.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <set>
#include <utility>

namespace standins {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;

struct HttpHost::State
{
    State(asio::io_context& context_, WaitingHandler handler_, Options options_)
        : context{context_},
          handler{std::move(handler_)},
          options{std::move(options_)},
          acceptor{context_}
    {}

    asio::io_context& context;
    WaitingHandler handler;
    Options options;
    tcp::acceptor acceptor;
    std::optional<asio::ssl::context> tls;
    std::set<tcp::socket*> open;  // every live connection's socket
    bool is_stopped = false;
};

namespace {

constexpr std::uint64_t body_bytes_max = 1024ULL * 1024;
constexpr std::uint32_t header_bytes_max = 64U * 1024;

std::string lower(std::string_view text)
{
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view view(boost::core::string_view text) { return {text.data(), text.size()}; }

Request convert(http::request<http::string_body> message)
{
    Request request;
    request.method = std::string{view(message.method_string())};
    request.target = std::string{view(message.target())};
    for (const auto& field : message)
        request.headers.emplace_back(lower(view(field.name_string())), view(field.value()));
    request.body = std::move(message.body());
    return request;
}

http::response<http::string_body> convert(Response response, bool chunked, bool keep_alive)
{
    http::response<http::string_body> message;
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.body() = std::move(response.body);
    message.keep_alive(keep_alive);
    const bool may_have_body = response.status != 204 && response.status != 304 && response.status >= 200;
    if (!may_have_body)
        message.body().clear();
    else if (chunked)
        message.chunked(true);
    else
        message.content_length(message.body().size());
    return message;
}

// What is sent of an answer that is cut in the middle: the whole head, which promises more than half a body.
std::string cut(const Response& response)
{
    constexpr std::size_t promised_min = 64;
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " OK\r\n";
    for (const auto& [name, value] : response.headers) text += name + ": " + value + "\r\n";
    text += "content-length: " + std::to_string(std::max(response.body.size(), promised_min)) + "\r\n\r\n";
    return text + response.body.substr(0, response.body.size() / 2);
}

// Keeps a connection findable for stop() while it lives.
class Registration
{
public:
    Registration(std::set<tcp::socket*>& open, tcp::socket& socket) : open_{open}, socket_{socket}
    {
        open_.insert(&socket_);
    }
    ~Registration() { open_.erase(&socket_); }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

private:
    std::set<tcp::socket*>& open_;
    tcp::socket& socket_;
};

// RST instead of FIN: the peer sees "connection reset", not an orderly end.
void reset(tcp::socket& socket)
{
    error_code ignored;
    socket.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket.close(ignored);
}

enum class After
{
    next,
    close,
};

template <class Stream>
asio::awaitable<After> send(Stream& stream, tcp::socket& socket, Exchange exchange, bool chunked, bool keep_alive)
{
    error_code failure;
    if (exchange.delay_ms > 0)
    {
        asio::steady_timer timer{socket.get_executor(), std::chrono::milliseconds{exchange.delay_ms}};
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    }
    if (exchange.fault == Fault::reset_before || exchange.fault == Fault::reset_after)
    {
        reset(socket);
        co_return After::close;
    }
    if (exchange.fault == Fault::truncate)
    {
        const std::string text = cut(exchange.response);
        co_await asio::async_write(stream, asio::buffer(text), asio::redirect_error(asio::use_awaitable, failure));
        co_return After::close;
    }
    auto message = convert(std::move(exchange.response), chunked, keep_alive);
    co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, failure));
    co_return failure || !keep_alive ? After::close : After::next;
}

Response refusal(int status)
{
    Response response;
    response.status = status;
    response.headers = {{"content-type", "text/plain"}};
    response.body = "bad request\n";
    return response;
}

// The peer broke the protocol, rather than the connection.
bool is_bad_request(const error_code& failure)
{
    return failure.category() == error_code{http::error::bad_method}.category() &&
        failure != http::error::end_of_stream && failure != http::error::partial_message;
}

template <class State, class Stream>
asio::awaitable<void> serve(std::shared_ptr<State> state, Stream& stream, tcp::socket& socket)
{
    beast::flat_buffer buffer{body_bytes_max + header_bytes_max};
    for (;;)
    {
        http::request_parser<http::string_body> parser;
        parser.body_limit(body_bytes_max);
        parser.header_limit(header_bytes_max);
        error_code failure;
        co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failure));
        Exchange exchange;
        bool keep_alive = false;
        if (!failure)
        {
            keep_alive = parser.get().keep_alive();
            Request request = convert(parser.release());
            Exchange answer = co_await state->handler(std::move(request));
            exchange = std::move(answer);
        }
        else if (failure == http::error::body_limit)
            exchange.response = refusal(413);
        else if (is_bad_request(failure))
            exchange.response = refusal(400);
        else
            co_return;
        const After after =
            co_await send(stream, socket, std::move(exchange), state->options.chunked && !failure, keep_alive);
        if (after == After::close) co_return;
    }
}

template <class State>
asio::awaitable<void> serve_plain(std::shared_ptr<State> state, tcp::socket socket)
{
    const Registration registration{state->open, socket};
    co_await serve(state, socket, socket);
    error_code ignored;
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

template <class State>
asio::awaitable<void> serve_tls(std::shared_ptr<State> state, tcp::socket socket)
{
    asio::ssl::stream<tcp::socket> stream{std::move(socket), *state->tls};
    const Registration registration{state->open, stream.next_layer()};
    error_code failure;
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return;
    co_await serve(state, stream, stream.next_layer());
    if (stream.next_layer().is_open())
        co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, failure));
}

// A connection that fails ends; the host goes on. Only what is no exception of the connection reaches the context.
void connection_ended(std::exception_ptr) {}

template <class State>
asio::awaitable<void> accept_all(std::shared_ptr<State> state)
{
    while (!state->is_stopped)
    {
        error_code failure;
        tcp::socket socket = co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failure));
        if (failure || state->is_stopped) co_return;
        socket.set_option(tcp::no_delay{true}, failure);
        if (state->tls)
            asio::co_spawn(state->context, serve_tls(state, std::move(socket)), connection_ended);
        else
            asio::co_spawn(state->context, serve_plain(state, std::move(socket)), connection_ended);
    }
}

// Binds to the port that is wished for or, where that may be, to another.
void bind(tcp::acceptor& acceptor, tcp::endpoint wished, bool or_any_port)
{
    error_code taken;
    acceptor.bind(wished, taken);
    if (!taken) return;
    if (!or_any_port) throw boost::system::system_error{taken, "port " + std::to_string(wished.port())};
    acceptor.bind({wished.address(), 0});
}

asio::awaitable<Exchange> answer_at_once(HttpHost::Handler handler, Request request) { co_return handler(request); }

HttpHost::WaitingHandler without_waiting(HttpHost::Handler handler)
{
    return [handler = std::move(handler)](Request request) { return answer_at_once(handler, std::move(request)); };
}

}  // namespace

HttpHost::HttpHost(asio::io_context& context, WaitingHandler handler, Options options)
    : state_{std::make_shared<State>(context, std::move(handler), std::move(options))}
{
    const Options& chosen = state_->options;
    if (!chosen.tls_certificate_file.empty())
    {
        state_->tls.emplace(asio::ssl::context::tls_server);
        state_->tls->use_certificate_chain_file(chosen.tls_certificate_file);
        state_->tls->use_private_key_file(chosen.tls_key_file, asio::ssl::context::pem);
    }
    const tcp::endpoint endpoint{asio::ip::address_v4::loopback(), chosen.port};
    state_->acceptor.open(endpoint.protocol());
    state_->acceptor.set_option(asio::socket_base::reuse_address{true});
    bind(state_->acceptor, endpoint, chosen.or_any_port);
    state_->acceptor.listen();
    asio::co_spawn(context, accept_all(state_), connection_ended);
}

HttpHost::HttpHost(asio::io_context& context, Handler handler, Options options)
    : HttpHost{context, without_waiting(std::move(handler)), std::move(options)}
{}

HttpHost::HttpHost(asio::io_context& context, Handler handler) : HttpHost{context, std::move(handler), Options{}} {}

HttpHost::~HttpHost() { stop(); }

std::uint16_t HttpHost::port() const { return state_->acceptor.local_endpoint().port(); }

std::string HttpHost::base_url() const
{
    return (state_->tls ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port());
}

void HttpHost::stop()
{
    state_->is_stopped = true;
    error_code ignored;
    state_->acceptor.close(ignored);
    for (tcp::socket* socket : state_->open) socket->close(ignored);
}

}  // namespace standins
