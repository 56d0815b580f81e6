#include "bot/cli/command_line.hpp"

#include "bot/cli/summary.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <utility>

namespace countersign {

namespace {

LoadedConfig load(const std::string& file, const Surroundings& surroundings, std::ostream& err)
{
    LoadedConfig loaded = load_config(file, surroundings);
    err << loaded.report.text() << std::flush;
    return loaded;
}

int check(const std::string& file, const Surroundings& surroundings, std::ostream& out, std::ostream& err)
{
    const LoadedConfig loaded = load(file, surroundings, err);
    if (!loaded.config) return exit_misconfigured;
    out << file << ": ok\n" << summary_of(*loaded.config) << std::flush;
    return exit_ok;
}

int serve(const std::string& file, const Commands& commands, const Surroundings& surroundings, std::ostream& err)
{
    LoadedConfig loaded = load(file, surroundings, err);
    if (!loaded.config) return exit_misconfigured;
    return commands.serve(std::move(*loaded.config));
}

constexpr const char* description =
    "Countersign resets Auth0 passwords from Slack under four eyes: a support agent asks,\n"
    "a team lead approves, the change is made and recorded.";

constexpr const char* footer =
    "Credentials are never given on the command line: the configuration names the files that hold them.\n"
    "Exit status: 0 done, 2 the configuration has mistakes, 64 the command line was not understood.";

}  // namespace

int run_command_line(
    int argc, const char* const* argv, const Commands& commands, const Surroundings& surroundings, std::ostream& out,
    std::ostream& err)
{
    CLI::App app{description, "countersign"};
    app.footer(footer);
    app.set_version_flag("--version", "countersign " COUNTERSIGN_VERSION, "Print the version and exit");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.set_help_all_flag("--help-all", "Print the help of all commands and exit");
    app.require_subcommand(1);

    std::string serve_file;
    CLI::App* serving = app.add_subcommand("serve", "Run the bot until it is told to stop (SIGTERM or SIGINT)");
    serving->add_option("-c,--config", serve_file, "The configuration file (countersign.toml)")
        ->required()
        ->type_name("FILE");

    std::string check_file;
    CLI::App* config = app.add_subcommand("config", "Look after the configuration");
    config->require_subcommand(1);
    CLI::App* checking = config->add_subcommand(
        "check", "Report every mistake in a configuration file, with line numbers; change nothing, connect nowhere");
    checking->add_option("FILE", check_file, "The configuration file (countersign.toml)")->required()->type_name("");

    try
    {
        app.parse(argc, argv);
    }
    catch (const CLI::ParseError& outcome)
    {
        // Help and version also come this way, with status 0.
        return app.exit(outcome, out, err) == 0 ? exit_ok : exit_usage;
    }
    if (checking->parsed()) return check(check_file, surroundings, out, err);
    return serve(serve_file, commands, surroundings, err);
}

int run_command_line(int argc, const char* const* argv, const Commands& commands)
{
    return run_command_line(argc, argv, commands, machine_surroundings(), std::cout, std::cerr);
}

}  // namespace countersign
