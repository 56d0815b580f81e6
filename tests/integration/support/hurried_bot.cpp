// The product's program but for its intervals: what it does every ten seconds, every minute and every ten minutes
// happens within a test. Everything else is serve() as it ships.

#include "bot/app/serve.hpp"
#include "bot/cli/command_line.hpp"
#include "bot/runtime/process.hpp"

#include <chrono>
#include <utility>

int main(int argc, char** argv)
{
    using namespace std::chrono_literals;
    countersign::hold_standard_streams();
    countersign::Commands commands;
    commands.serve = [](countersign::Config config) {
        countersign::ServeOptions options;
        options.upkeep.probe_every = 20ms;
        options.upkeep.prune_every = 100ms;
        options.upkeep.checkpoint_every = 100ms;
        options.upkeep.checkpoint_again = 20ms;
        options.upkeep.log_stuck_after = 200ms;
        options.drain_patience = 1s;
        return countersign::serve(std::move(config), options);
    };
    return countersign::run_command_line(argc, argv, commands);
}
