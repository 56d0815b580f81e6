#include "bot/cli/command_line.hpp"

#include "bot/cli/password_check/password_check.hpp"
#include "bot/cli/summary.hpp"
#include "bot/config/load.hpp"
#include "bot/runtime/system_random.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <utility>

namespace countersign {

namespace {

LoadedConfig load(const std::string& file, const ProcessEnvironment& surroundings, std::ostream& err)
{
    LoadedConfig loaded = load_config(file, surroundings);
    err << loaded.report.text() << std::flush;
    return loaded;
}

int check(const std::string& file, const ProcessEnvironment& surroundings, std::ostream& out, std::ostream& err)
{
    const LoadedConfig loaded = load(file, surroundings, err);
    if (!loaded.config) return exit_misconfigured;
    out << file << ": ok\n" << summary_of(*loaded.config) << std::flush;
    return exit_ok;
}

int serve(const std::string& file, const Commands& commands, const ProcessEnvironment& surroundings, std::ostream& err)
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
    "Exit status: 0 done, 1 a password would be refused (password check), 2 the configuration or another file has\n"
    "mistakes, 64 the command line was not understood.";

// `countersign password check`, and what it was given.
class PasswordCommand
{
public:
    explicit PasswordCommand(CLI::App& app)
    {
        CLI::App* password = app.add_subcommand("password", "Look after passwords");
        password->require_subcommand(1);
        check_ = password->add_subcommand(
            "check", "Tell of a list of people whose password the policy of a connection would refuse, and why");
        CLI::Option_group* policy = check_->add_option_group("policy", "What the connection demands");
        CLI::Option* level =
            policy->add_option("--level", level_, "Its password strength: none, low, fair, good or excellent")
                ->check(CLI::IsMember({"none", "low", "fair", "good", "excellent"}))
                ->type_name("LEVEL");
        policy->add_option("--complexity", asked_.complexity_file, "Its password_options.complexity, as JSON")
            ->type_name("FILE");
        policy->require_option(1);
        check_->add_option("--min-length", length_min_, "Its minimum length, instead of the level's")
            ->check(CLI::Range(1, length_min_max))
            ->needs(level)
            ->type_name("N");
        check_->add_option("--format", format_, "How passwords are made: sop (as usual) or passphrase")
            ->check(CLI::IsMember({"sop", "passphrase"}))
            ->type_name("FORMAT");
        check_->add_option("--names", asked_.people_file, "CSV with a header: first,last or password")
            ->required()
            ->type_name("FILE");
        check_->add_flag("--json", asked_.as_json, "Print a JSON object a person, passwords that are taken included");
    }

    bool parsed() const { return check_->parsed(); }

    int run(std::ostream& out, std::ostream& err)
    {
        asked_.level = passwords::strength_level_named(level_).value_or(StrengthLevel::none);
        asked_.format = password_format_named(format_).value_or(PasswordFormat::sop);
        if (length_min_ > 0) asked_.length_min = static_cast<std::size_t>(length_min_);
        SystemRandom random;
        return check_passwords(asked_, random, out, err);
    }

private:
    CLI::App* check_;
    PasswordCheck asked_;
    std::string level_;
    std::string format_ = "sop";
    int length_min_ = 0;
};

}  // namespace

int run_command_line(
    int argc, const char* const* argv, const Commands& commands, const ProcessEnvironment& surroundings,
    std::ostream& out, std::ostream& err)
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
    PasswordCommand password{app};

    try
    {
        app.parse(argc, argv);
    }
    catch (const CLI::ParseError& outcome)
    {
        // Help and version also come this way, with status 0.
        return app.exit(outcome, out, err) == 0 ? exit_ok : exit_usage;
    }
    if (password.parsed()) return password.run(out, err);
    if (checking->parsed()) return check(check_file, surroundings, out, err);
    return serve(serve_file, commands, surroundings, err);
}

int run_command_line(int argc, const char* const* argv, const Commands& commands)
{
    return run_command_line(argc, argv, commands, machine_surroundings(), std::cout, std::cerr);
}

}  // namespace countersign
