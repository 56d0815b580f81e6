#pragma once

#include "bot/app/upkeep.hpp"
#include "bot/config/config.hpp"

#include <chrono>
#include <functional>

namespace countersign {

inline constexpr int exit_start_refused = 1;  // the reason is on standard error
inline constexpr int exit_store_failed = 70;  // the database became unusable: a supervisor should look, then restart
inline constexpr int exit_run_failed = 71;    // a mistake of ours in the running bot, which the log has: restart
inline constexpr int exit_signalled = 128;    // and the number of the second signal, which ended it at once

// What only a test asks for otherwise, so that it need not wait for hours.
struct ServeOptions
{
    UpkeepOptions upkeep;
    std::chrono::milliseconds drain_patience{10'000};  // to finish what people wait for
};

// Starts the bot, runs it, and returns the exit status. A failure at the start is logged as `start_refused` and written
// to standard error; a later one is logged as `server_failed`.
int start_and_run(const std::function<void()>& start, const std::function<int()>& run);

// Runs the bot until SIGTERM or SIGINT: stops accepting at once, finishes what people wait for within 10 s, returns 0.
// A second signal ends the process at once. SIGHUP and SIGPIPE end nothing.
int serve(Config config, const ServeOptions& options = {});

}  // namespace countersign
