#pragma once

#include "bot/cli/exit_status.hpp"
#include "bot/config/config.hpp"
#include "bot/config/process_environment.hpp"

#include <functional>
#include <iosfwd>

namespace countersign {

// What the subcommands do beyond reading the command line and the configuration; wired by main.
struct Commands
{
    std::function<int(Config)> serve;  // runs until told to stop; its result is the exit status
};

// countersign serve --config FILE | config check FILE | password check ... | --version | --help. Takes no secret:
// arguments can be read by everybody on the machine.
int run_command_line(int argc, const char* const* argv, const Commands& commands);

int run_command_line(
    int argc, const char* const* argv, const Commands& commands, const ProcessEnvironment& surroundings,
    std::ostream& out, std::ostream& err);

}  // namespace countersign
