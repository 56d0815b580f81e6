#include "bot/app/serve.hpp"
#include "bot/cli/command_line.hpp"
#include "bot/runtime/process.hpp"

int main(int argc, char** argv)
{
    countersign::hold_standard_streams();
    countersign::Commands commands;
    commands.serve = [](countersign::Config config) { return countersign::serve(std::move(config)); };
    return countersign::run_command_line(argc, argv, commands);
}
