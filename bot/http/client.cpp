#include "bot/http/client.hpp"

#include "bot/http/connection.hpp"
#include "bot/http/connection_pool.hpp"
#include "bot/http/connector.hpp"
#include "bot/http/request_text.hpp"
#include "bot/runtime/timeout.hpp"
#include "handlers/core/log.hpp"

#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace countersign::http {

namespace asio = boost::asio;

namespace {

constexpr std::string_view user_agent = "countersign/" COUNTERSIGN_VERSION;

// What decides between "send it again" and "it may have been applied".
struct Exchange
{
    Exchange(Method method_, Origin origin_, Secret wire_, ResponseLimits limits_)
        : method{method_},
          origin{std::move(origin_)},
          wire{std::move(wire_)},
          limits{limits_}
    {}

    // Everything that goes wrong from here on, told by how far this got.
    Problem problem(std::string_view reason) const
    {
        return Problem{has_sent ? Errc::answer_lost : Errc::unreachable, std::string{reason}};
    }

    Method method;
    Origin origin;
    Secret wire;
    ResponseLimits limits;
    bool has_sent = false;    // the first byte was handed to a connection
    bool has_answer = false;  // a byte of the answer has come
};

}  // namespace

struct PooledClient::Impl
{
    Impl(asio::any_io_executor executor_, ClientOptions options_)
        : executor{std::move(executor_)},
          options{std::move(options_)},
          tls{make_client_context(options.trust)}
    {}

    ConnectionPool& pool_of(const Origin& origin);
    asio::awaitable<Outcome<ClientResponse>> perform(Exchange* exchange);
    asio::awaitable<Outcome<std::unique_ptr<Connection>>> open(Origin origin);
    asio::awaitable<Outcome<ClientResponse>> converse(
        Exchange* exchange, ConnectionPool* pool, std::unique_ptr<Connection> connection);

    asio::any_io_executor executor;
    ClientOptions options;
    asio::ssl::context tls;
    std::map<std::tuple<std::string, std::string, std::string>, std::shared_ptr<ConnectionPool>> pools;
};

ConnectionPool& PooledClient::Impl::pool_of(const Origin& origin)
{
    auto& pool = pools[std::tuple{origin.scheme, origin.host, origin.port}];
    if (!pool)
        pool = std::make_shared<ConnectionPool>(
            executor, options.in_flight_max, options.idle_connections_max, options.idle_max);
    return *pool;
}

// `exchange` is a local of send(), which waits for this to end.
asio::awaitable<Outcome<ClientResponse>> PooledClient::Impl::perform(Exchange* exchange)
{
    ConnectionPool& pool = pool_of(exchange->origin);
    const auto place = co_await pool.enter();
    if (auto kept = pool.take_idle())
    {
        auto answer = co_await converse(exchange, &pool, std::move(kept));
        const bool may_repeat = exchange->method == Method::get && !exchange->has_answer;
        if (answer || !may_repeat) co_return std::move(answer);
        exchange->has_sent = false;  // of a GET, which nothing depends upon
    }
    auto opened = co_await open(exchange->origin);
    if (!opened) co_return opened.error();
    co_return co_await converse(exchange, &pool, std::move(*opened));
}

asio::awaitable<Outcome<std::unique_ptr<Connection>>> PooledClient::Impl::open(Origin origin)
{
    std::optional<TimePoint> date;
    if (options.date) date = options.date();
    auto connecting = connect(executor, std::move(origin), tls, date);
    auto opened = co_await with_timeout(options.connect_deadline, std::move(connecting));
    if (!opened) co_return Problem{Errc::unreachable, "connect_failed"};
    co_return std::move(*opened);
}

// One request and its answer; the connection is kept when both were whole.
asio::awaitable<Outcome<ClientResponse>> PooledClient::Impl::converse(
    Exchange* exchange, ConnectionPool* pool, std::unique_ptr<Connection> connection)
{
    exchange->has_sent = true;
    const auto failure = co_await connection->write(exchange->wire.expose());
    if (failure) co_return exchange->problem("connection_lost");

    ResponseReader reader{exchange->limits};
    auto step = ResponseReader::Step::need_more;
    while (step == ResponseReader::Step::need_more)
    {
        const auto got = co_await connection->read_some(reader.space());
        reader.commit(got.bytes);
        exchange->has_answer = reader.has_begun();
        if (got.error && !got.is_end()) co_return exchange->problem("connection_lost");
        step = got.is_end() ? reader.end() : reader.step();
    }
    if (step == ResponseReader::Step::broken) co_return exchange->problem(reader.fault());
    if (reader.keep_alive()) pool->keep(std::move(connection));
    co_return reader.take();
}

PooledClient::PooledClient(asio::any_io_executor executor, ClientOptions options)
    : impl_{std::make_unique<Impl>(std::move(executor), std::move(options))}
{}

PooledClient::~PooledClient() = default;

void PooledClient::require_trust(const Origin& origin) const
{
    if (origin.scheme != "https" || has_trust_anchors(impl_->tls)) return;
    throw std::runtime_error{
        "no CA certificate is installed, so that " + origin.host +
        " cannot be checked: install ca-certificates, or name a bundle in SSL_CERT_FILE"};
}

asio::awaitable<Outcome<ClientResponse>> PooledClient::send(ClientRequest request)
{
    auto wire = to_wire(request, user_agent);
    if (!wire) co_return Problem{Errc::malformed, "request_malformed"};
    request.body.reset();
    ResponseLimits limits = impl_->options.limits;
    if (request.answer_bytes_max > 0) limits.body_bytes_max = request.answer_bytes_max;
    Exchange exchange{request.method, std::move(request.origin), std::move(*wire), limits};
    auto performing = impl_->perform(&exchange);
    auto answer = co_await with_timeout(request.deadline, std::move(performing));
    if (!answer) co_return exchange.problem("deadline");
    co_return std::move(*answer);
}

}  // namespace countersign::http
