#include "bot/app/serve.hpp"

#include "bot/app/app.hpp"
#include "bot/app/health.hpp"
#include "bot/http/client.hpp"
#include "bot/http/server.hpp"
#include "bot/runtime/descriptor_limit.hpp"
#include "bot/runtime/log_output.hpp"
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

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <utility>

namespace countersign {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto log_patience = 1s;  // for a reader of the log that is slow, at the end
constexpr auto unwound_within = 5s;
// Calls to one host at the same time: as many as jobs may make there, and those of presses and of the directory.
constexpr std::size_t calls_max = 64;

// Where the log goes while the bot runs.
class Logging
{
public:
    explicit Logging(const std::string& level)
    {
        log::start(level, [this](log::Level of, std::string_view stamp, std::string_view body) {
            output_.take(of, stamp, body);
        });
    }
    ~Logging()
    {
        log::start("off");
        output_.finish(log_patience);
    }
    Logging(const Logging&) = delete;
    Logging& operator=(const Logging&) = delete;

    // Ends the process without unwinding, as a kill does, but writes the log first. Only what was committed has
    // happened.
    [[noreturn]] void leave(int status)
    {
        output_.finish(log_patience);
        ::_exit(status);
    }

private:
    LogOutput output_{STDOUT_FILENO};
};

constexpr std::size_t origins_max = 4;  // Slack's API and its files, response URLs, Auth0
// Standard streams, the event loop, signals, the log, look-ups of names, and for the two connections to the database
// three files each beside our own two.
constexpr std::size_t own_descriptors = 32;

std::size_t descriptors_beside_server(const http::ClientOptions& client)
{
    return own_descriptors + origins_max * (client.in_flight_max + client.idle_connections_max);
}

http::ServerOptions server_options(const ServerConfig& config, const http::ClientOptions& client)
{
    http::ServerOptions options;
    options.connections_max = fit_descriptors(options.connections_max, descriptors_beside_server(client));
    options.address = config.host;
    options.port = config.port;
    // A health check keeps no connection open.
    options.last_paths.assign(health_paths.begin(), health_paths.end());
    // Slack gives up after three seconds: past ten the answer is of no use.
    options.handler_deadline = 10s;
    options.drain_deadline = 4s;
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
    Process(Config config, const ServeOptions& options, std::function<void(int)> leave)
        : options_{options},
          leave_{std::move(leave)},
          origins_{config.slack.api, config.auth0.base},
          kept_store_{open_store(context_.get_executor(), time_.wall(), config, random_)},
          store_{*kept_store_},
          sleeper_{context_.get_executor(), time_},
          client_{context_.get_executor(), client_options()},
          server_{
              context_.get_executor(), server_options(config.server, client_options()),
              [this](http::ServerRequest request) { return app_.handle(std::move(request)); }},
          app_{
              Machine{
                  context_.get_executor(), time_, sleeper_, random_, store_, client_,
                  [this] { return store_.healthy(); }, store_.newest_stamp(),
                  [this] { return upkeep_.log_is_stuck(); }},
              std::move(config)},
          upkeep_{
              store_,
              app_.clock(),
              sleeper_,
              options.upkeep,
              [this] { return app_.clock().is_confirmed(); },
              [this] { store_lost(); }},
          tasks_{context_.get_executor()},
          signals_{context_, SIGTERM, SIGINT, SIGHUP}
    {
        for (const http::Origin& origin : origins_) client_.require_trust(origin);
        server_.open();
    }

    int run()
    {
        store_.on_jobs([this] { app_.wake(); });
        app_.start();
        tasks_.spawn("upkeep", upkeep_.run());
        tasks_.spawn("signals", wait_for_signals());
        servers_.spawn("server", server_.run());
        log::info("server_started", {{"port", server_.port()}});
        context_.run();
        store_.on_jobs({});
        log::info("server_stopped");
        return status_;
    }

private:
    asio::awaitable<void> wait_for_signals()
    {
        for (bool is_told = false;;)
        {
            const auto [ec, number] = co_await signals_.async_wait(asio::as_tuple(asio::use_awaitable));
            if (ec) co_return;
            log::info("signal_received", {{"signal", number}});
            if (number == SIGHUP) continue;  // whose terminal is closed, or who hopes that the configuration is read
            if (is_told) end_at_once(exit_signalled + number);
            is_told = true;
            begin_to_end();
        }
    }

    void begin_to_end()
    {
        if (!std::exchange(is_ending_, true)) ending_.spawn("ending", shut_down());
    }

    // First the server, then the work that people wait for, then the rest.
    asio::awaitable<void> shut_down()
    {
        const SteadyTime end = time_.steady() + options_.drain_patience;
        app_.take_no_more();
        server_.stop();
        co_await servers_.join();
        const Milliseconds rest = end - time_.steady();
        co_await app_.stop(std::max(rest, options_.drain_patience / 2));
        tasks_.cancel();
    }

    http::ClientOptions client_options()
    {
        http::ClientOptions options;
        options.in_flight_max = calls_max;
        options.date = [this] { return app_.clock().certificate_date(); };
        return options;
    }

    void end_at_once(int status)
    {
        log::warn("stop_cut_short", {{"status", status}});
        leave_(status);
    }

    void store_lost()
    {
        status_ = exit_store_failed;
        begin_to_end();
    }

    asio::io_context context_{1};
    ServeOptions options_;
    std::function<void(int)> leave_;
    std::vector<http::Origin> origins_;
    SystemTime time_;
    SystemRandom random_;
    std::unique_ptr<store::SqlStore> kept_store_;
    store::SqlStore& store_;
    AsioSleeper sleeper_;
    http::PooledClient client_;
    http::Server server_;
    App app_;
    Upkeep upkeep_;
    TaskGroup servers_{context_.get_executor()};
    TaskGroup ending_{context_.get_executor()};
    TaskGroup tasks_;
    asio::signal_set signals_;
    bool is_ending_ = false;
    int status_ = 0;
};

}  // namespace

int start_and_run(const std::function<void()>& start, const std::function<int()>& run)
{
    try
    {
        start();
    }
    catch (const std::exception& refusal)
    {
        log::error("start_refused", {{"error", refusal.what()}});
        static_cast<void>(std::fprintf(stderr, "countersign: %s\n", refusal.what()));
        return exit_start_refused;
    }
    try
    {
        return run();
    }
    catch (const std::exception& fault)
    {
        log::error("server_failed", {{"error", fault.what()}});
    }
    return exit_run_failed;
}

int serve(Config config, const ServeOptions& options)
{
    Logging logging{config.log_level};
    harden_process();
    std::unique_ptr<Process> process;
    const int status = start_and_run(
        [&] {
            process = std::make_unique<Process>(
                std::move(config), options, [&logging](int status_) { logging.leave(status_); });
        },
        [&process] { return process->run(); });
    // The state is unknown after such a failure: nothing is unwound.
    if (status == exit_run_failed) logging.leave(status);
    end_within(unwound_within, status);
    return status;
}

}  // namespace countersign
