#pragma once

#include "bot/config/config.hpp"
#include "bot/upkeep.hpp"

#include <chrono>

namespace countersign {

inline constexpr int exit_start_refused = 1;  // the reason is on standard error
inline constexpr int exit_store_failed = 70;  // the database became unusable: a supervisor should look, then restart

// What only a test asks for otherwise, so that it need not wait for hours.
struct ServeOptions
{
    UpkeepOptions upkeep;
    std::chrono::seconds drain_patience{10};  // for the jobs in flight
};

// Runs the bot until SIGTERM or SIGINT: stops accepting at once, ends what is in flight within 10 s, returns 0.
int serve(Config config, const ServeOptions& options = {});

}  // namespace countersign
