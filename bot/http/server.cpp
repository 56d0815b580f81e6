#include "bot/http/server.hpp"

#include "bot/http/peer.hpp"
#include "bot/http/session.hpp"
#include "bot/runtime/task_group.hpp"
#include "bot/runtime/timeout.hpp"
#include "handlers/core/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <list>
#include <stdexcept>
#include <utility>

namespace countersign::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds accept_pause{100};
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
// Of what a client does not take, the machine keeps no more than this: all that Slack is ever answered fits.
constexpr int send_buffer_bytes = 65'536;

bool is_out_of_descriptors(const error_code& ec)
{
    return ec == boost::system::errc::too_many_files_open || ec == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

struct Server::Impl
{
    using Sessions = std::list<Session*>;

    Impl(asio::any_io_executor executor_, ServerOptions options_, Handler handler_)
        : executor{std::move(executor_)},
          options{std::move(options_)},
          handler{std::move(handler_)},
          acceptor{executor},
          tasks{executor}
    {}

    void open();
    void admit(tcp::socket socket);
    bool has_place_for(const std::string& peer);
    std::size_t open_sessions(const std::string& peer) const;
    bool make_room(const std::string& peer);
    void stop();
    asio::awaitable<void> serve(std::unique_ptr<Session> session);
    asio::awaitable<void> accept_all();
    asio::awaitable<void> drain();

    asio::any_io_executor executor;
    ServerOptions options;
    Handler handler;
    tcp::acceptor acceptor;
    std::optional<asio::ssl::context> tls;
    std::uint16_t port = 0;
    bool stopping = false;
    Sessions sessions;
    TaskGroup tasks;
};

void Server::Impl::open()
{
    if (options.tls) tls.emplace(make_server_context(*options.tls));
    const auto check = [this](const error_code& ec) {
        if (!ec) return;
        throw std::runtime_error{
            "cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " + ec.message()};
    };
    error_code ec;
    const tcp::endpoint endpoint{asio::ip::make_address(options.address, ec), options.port};
    check(ec);
    acceptor.open(endpoint.protocol(), ec);
    check(ec);
    acceptor.set_option(tcp::acceptor::reuse_address{true}, ec);
    check(ec);
    acceptor.bind(endpoint, ec);
    check(ec);
    acceptor.listen(asio::socket_base::max_listen_connections, ec);
    check(ec);
    port = acceptor.local_endpoint().port();
}

// Those of one peer; of all when it is empty.
std::size_t Server::Impl::open_sessions(const std::string& peer) const
{
    return static_cast<std::size_t>(std::count_if(sessions.begin(), sessions.end(), [&peer](const Session* session) {
        return !session->is_closed() && (peer.empty() || session->peer() == peer);
    }));
}

// Closes the connection that has kept its place longest for nothing, of one peer or of all. False when all are served.
bool Server::Impl::make_room(const std::string& peer)
{
    const auto now = std::chrono::steady_clock::now();
    Session* oldest = nullptr;
    Session::Moment since = Session::Moment::max();
    for (Session* session : sessions)
    {
        if (session->is_closed() || (!peer.empty() && session->peer() != peer)) continue;
        const auto idle_since = session->idle_since(now);
        if (!idle_since || *idle_since >= since) continue;
        oldest = session;
        since = *idle_since;
    }
    if (oldest == nullptr) return false;
    oldest->close();
    return true;
}

bool Server::Impl::has_place_for(const std::string& peer)
{
    const bool is_one_too_many = !peer.empty() && open_sessions(peer) >= options.connections_of_peer_max;
    if (is_one_too_many) return make_room(peer);
    return open_sessions({}) < options.connections_max || make_room({});
}

void Server::Impl::admit(tcp::socket socket)
{
    error_code ec;
    const auto remote = socket.remote_endpoint(ec);
    if (ec) return;  // gone already
    const bool is_counted = options.this_machine_is_a_peer || !is_this_machine(remote.address());
    std::string peer = is_counted ? peer_of(remote.address()) : std::string{};
    if (!has_place_for(peer))
    {
        log::warn("connection_refused", {{"connections", sessions.size()}});
        return;
    }
    socket.set_option(tcp::no_delay{true}, ec);
    socket.set_option(tcp::socket::send_buffer_size{send_buffer_bytes}, ec);
    auto connection =
        tls ? std::make_unique<Connection>(std::move(socket), *tls) : std::make_unique<Connection>(std::move(socket));
    auto session = std::make_unique<Session>(
        options, handler, std::move(connection), remote.address().to_string(), std::move(peer));
    tasks.spawn("http_session", serve(std::move(session)));
}

asio::awaitable<void> Server::Impl::serve(std::unique_ptr<Session> session)
{
    const auto place = sessions.insert(sessions.end(), session.get());
    try
    {
        co_await session->run();
    }
    catch (...)
    {
        sessions.erase(place);
        throw;  // to the task group: a cancellation, or memory
    }
    sessions.erase(place);
}

asio::awaitable<void> Server::Impl::accept_all()
{
    while (!stopping)
    {
        auto [ec, socket] = co_await acceptor.async_accept(as_result);
        if (ec == asio::error::operation_aborted || stopping) break;
        if (!ec)
        {
            admit(std::move(socket));
            continue;
        }
        // The connection stays in the queue: for it another gives way at once.
        if (is_out_of_descriptors(ec) && make_room({}))
        {
            log::error("connection_closed_for_want_of_descriptors");
            continue;
        }
        // Trying at once again would only spin.
        log::error("accept_failed", {{"error", ec.message()}});
        asio::steady_timer pause{executor, accept_pause};
        const auto [cancelled] = co_await pause.async_wait(as_result);
        if (cancelled) break;
    }
}

void Server::Impl::stop()
{
    stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    for (Session* session : sessions) session->stop();
}

asio::awaitable<void> Server::Impl::drain()
{
    const auto drained = co_await with_timeout(options.drain_deadline, tasks.join());
    if (drained == Timeliness::timed_out) log::error("requests_cut", {{"connections", sessions.size()}});
    tasks.cancel();
    co_await tasks.join();
}

Server::Server(asio::any_io_executor executor, ServerOptions options, Handler handler)
    : impl_{std::make_unique<Impl>(std::move(executor), std::move(options), std::move(handler))}
{}

Server::~Server() = default;

void Server::open() { impl_->open(); }

std::uint16_t Server::port() const { return impl_->port; }

asio::awaitable<void> Server::run()
{
    co_await impl_->accept_all();
    // Cancelled or stopped, the requests in flight are still finished: that is bounded by drain_deadline.
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    impl_->stop();
    co_await impl_->drain();
}

void Server::stop() { impl_->stop(); }

}  // namespace countersign::http
