#include "bot/serve.hpp"

#include "bot/app.hpp"
#include "bot/http/client.hpp"
#include "bot/http/server.hpp"
#include "bot/runtime/descriptor_limit.hpp"
#include "bot/runtime/process.hpp"
#include "bot/runtime/sleeper.hpp"
#include "bot/runtime/system_clock.hpp"
#include "bot/runtime/system_random.hpp"
#include "bot/store/sql_store.hpp"
#include "bot/store/start_refused.hpp"
#include "handlers/core/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <memory>
#include <stdexcept>

namespace countersign {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t origins_max = 4;  // Slack's API and its files, response URLs, Auth0
// Standard streams, the event loop, signals, the log, look-ups of names, and for the two connections to the database
// three files each beside our own two.
constexpr std::size_t own_descriptors = 32;

std::size_t descriptors_beside_server(const http::ClientOptions& client)
{
    return own_descriptors + origins_max * (client.in_flight_max + client.idle_connections_max);
}

http::ServerOptions server_options(const ServerConfig& config)
{
    http::ServerOptions options;
    options.connections_max =
        fit_descriptors(options.connections_max, descriptors_beside_server(http::ClientOptions{}));
    options.address = config.host;
    options.port = config.port;
    // Nobody keeps a place by asking how we are.
    options.last_paths = {"/healthz", "/readyz"};
    // Slack gives up after three seconds; past ten nobody waits for the answer any more.
    options.handler_deadline = 10s;
    if (config.tls) options.tls = http::TlsFiles{config.tls->certificate.string(), config.tls->key.string()};
    return options;
}

// The App has a vault of its own: this one only shows whether the key is the ledger's.
std::unique_ptr<store::SqlStore> open_store(
    asio::any_io_executor executor, TimePoint now, const Config& config, Random& random)
{
    const FileVault vault{config.vault_key, random};
    return std::make_unique<store::SqlStore>(std::move(executor), config.database.string(), now, &vault);
}

// Everything that a running bot owns, in the order of its making.
class Process
{
public:
    Process(Config config, const ServeOptions& options)
        : options_{options},
          origins_{config.slack.api, config.auth0.base},
          kept_store_{open_store(context_.get_executor(), clock_.now(), config, random_)},
          store_{*kept_store_},
          sleeper_{context_.get_executor(), clock_},
          client_{context_.get_executor(), http::ClientOptions{}},
          server_{
              context_.get_executor(), server_options(config.server),
              [this](http::ServerRequest request) { return app_.handle(std::move(request)); }},
          app_{
              Machine{
                  context_.get_executor(), clock_, sleeper_, random_, store_, client_,
                  [this] { return store_.healthy(); }},
              std::move(config)},
          upkeep_{store_, clock_, sleeper_, options.upkeep, [this] { store_lost(); }},
          tasks_{context_.get_executor()},
          signals_{context_, SIGTERM, SIGINT}
    {}

    int run()
    {
        for (const http::Origin& origin : origins_) client_.require_trust(origin);
        server_.open();
        store_.on_jobs([this] { app_.wake(); });
        app_.start();
        tasks_.spawn("upkeep", upkeep_.run());
        tasks_.spawn("signals", wait_for_signal());
        servers_.spawn("server", server_.run());
        log::info("server_started", {{"port", server_.port()}});
        context_.run();
        store_.on_jobs({});
        log::info("server_stopped");
        return status_;
    }

private:
    asio::awaitable<void> wait_for_signal()
    {
        const auto [ec, number] = co_await signals_.async_wait(asio::as_tuple(asio::use_awaitable));
        if (ec) co_return;
        log::info("signal_received", {{"signal", number}});
        co_await shut_down();
    }

    // First the door, then the jobs, then what only waits.
    asio::awaitable<void> shut_down()
    {
        server_.stop();
        co_await servers_.join();
        co_await app_.stop(options_.drain_patience);
        tasks_.cancel();
    }

    void store_lost()
    {
        status_ = exit_store_failed;
        static_cast<void>(std::raise(SIGTERM));
    }

    asio::io_context context_{1};
    ServeOptions options_;
    std::vector<http::Origin> origins_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<store::SqlStore> kept_store_;
    store::SqlStore& store_;
    AsioSleeper sleeper_;
    http::PooledClient client_;
    http::Server server_;
    App app_;
    Upkeep upkeep_;
    TaskGroup servers_{context_.get_executor()};
    TaskGroup tasks_;
    asio::signal_set signals_;
    int status_ = 0;
};

}  // namespace

int serve(Config config, const ServeOptions& options)
{
    log::start(config.log_level);
    harden_process();
    try
    {
        Process process{std::move(config), options};
        return process.run();
    }
    catch (const std::exception& refusal)
    {
        log::error("start_refused", {{"error", refusal.what()}});
        static_cast<void>(std::fprintf(stderr, "countersign: %s\n", refusal.what()));
    }
    return exit_start_refused;
}

}  // namespace countersign
