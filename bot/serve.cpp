#include "bot/serve.hpp"

#include "bot/app.hpp"
#include "bot/http/client.hpp"
#include "bot/http/server.hpp"
#include "bot/runtime/process.hpp"
#include "bot/runtime/sleeper.hpp"
#include "bot/runtime/system_random.hpp"
#include "bot/runtime/system_time.hpp"
#include "bot/store/sql_store.hpp"
#include "bot/store/start_refused.hpp"
#include "handlers/core/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <stdexcept>

namespace countersign {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

http::ServerOptions server_options(const ServerConfig& config)
{
    http::ServerOptions options;
    options.address = config.host;
    options.port = config.port;
    // Slack gives up after three seconds; past ten nobody waits for the answer any more.
    options.handler_deadline = 10s;
    if (config.tls) options.tls = http::TlsFiles{config.tls->certificate.string(), config.tls->key.string()};
    return options;
}

// Everything that a running bot owns, in the order of its making.
class Process
{
public:
    Process(Config config, const ServeOptions& options)
        : options_{options},
          origins_{config.slack.api, config.auth0.base},
          store_{context_.get_executor(), config.database.string(), time_.wall()},
          sleeper_{context_.get_executor(), time_},
          client_{context_.get_executor(), client_options()},
          server_{
              context_.get_executor(), server_options(config.server),
              [this](http::ServerRequest request) { return app_.handle(std::move(request)); }},
          app_{
              Machine{
                  context_.get_executor(), time_, sleeper_, random_, store_, client_,
                  [this] { return store_.healthy(); }, store_.newest_stamp()},
              std::move(config)},
          upkeep_{
              store_,
              app_.clock(),
              sleeper_,
              options.upkeep,
              [this] { return app_.clock().is_confirmed(); },
              [this] { store_lost(); }},
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

    http::ClientOptions client_options()
    {
        http::ClientOptions options;
        options.date = [this] { return app_.clock().certificate_date(); };
        return options;
    }

    void store_lost()
    {
        status_ = exit_store_failed;
        static_cast<void>(std::raise(SIGTERM));
    }

    asio::io_context context_{1};
    ServeOptions options_;
    std::vector<http::Origin> origins_;
    SystemTime time_;
    SystemRandom random_;
    store::SqlStore store_;
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
