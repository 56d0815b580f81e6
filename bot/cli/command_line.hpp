#pragma once

#include "bot/config/config.hpp"

#include <functional>
#include <iosfwd>

namespace countersign {

// What the subcommands do beyond reading the command line and the configuration; wired by main.
struct Commands
{
    std::function<int(Config)> serve;  // runs until told to stop; its result is the exit status
};

// The exit statuses of the command line itself.
inline constexpr int exit_ok = 0;
inline constexpr int exit_refused = 1;        // a password would be refused (password check)
inline constexpr int exit_misconfigured = 2;  // the configuration has mistakes: all of them are on standard error
inline constexpr int exit_usage = 64;         // the command line was not understood

// countersign serve --config FILE | config check FILE | password check ... | --version | --help. Takes no secret:
// arguments can be read by everybody on the machine.
int run_command_line(int argc, const char* const* argv, const Commands& commands);

int run_command_line(
    int argc, const char* const* argv, const Commands& commands, const ProcessEnvironment& surroundings,
    std::ostream& out, std::ostream& err);

}  // namespace countersign
