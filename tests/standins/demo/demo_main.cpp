// countersign-demo: the product's own program between a Slack workspace and an Auth0 tenant that run on this machine.
//   countersign-demo [--once] [--bot PATH]
// --once plays the main story by itself and exits 0 only if every step was seen.

#include "tests/standins/demo/console.hpp"
#include "tests/standins/demo/story.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct Arguments
{
    std::filesystem::path bot;
    bool once = false;
};

Arguments read_arguments(int argc, char** argv)
{
    Arguments arguments;
    arguments.bot =
        std::filesystem::canonical("/proc/self/exe").parent_path().parent_path().parent_path() / "bot" / "countersign";
    const std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        if (words[i] == "--once")
            arguments.once = true;
        else if (words[i] == "--bot" && i + 1 < words.size())
            arguments.bot = words[++i];
        else
            throw std::runtime_error{"usage: countersign-demo [--once] [--bot PATH]"};
    }
    return arguments;
}

void greet(const standins::Company& company, const std::string& bot_url)
{
    std::cout << "\nCountersign runs with a Slack workspace and an Auth0 tenant of its own on this machine.\n\n"
              << "  bot      " << bot_url << "/readyz\n"
              << "  slack    " << company.slack_host().base_url() << "/api/\n"
              << "  auth0    " << company.auth0_host().base_url() << "/\n"
              << "  files    " << company.folder().string()
              << "  (configuration, database, log; removed at the end)\n\n"
              << "Try it here:\n\n"
              << standins::console_guide()
              << "\nFor the real thing, copy deploy/countersign.sample.toml to countersign.toml, fill it in, and run\n"
              << "./deploy/run.sh again. The README tells how to set up the Slack app and the Auth0 application.\n\n"
              << std::flush;
}

asio::awaitable<int> run(standins::Company& company, bool once)
{
    const bool ready = co_await company.start_bot(30s);
    if (!ready)
    {
        std::cerr << "countersign did not become ready; see " << company.bot().log_file() << '\n';
        co_return 1;
    }
    if (once) co_return co_await standins::play_story(company, std::cout);
    greet(company, company.bot().base_url());
    co_await standins::run_console(company);
    co_return company.bot().running() ? company.bot().stop() : 1;
}

}  // namespace

int main(int argc, char** argv)
{
    try
    {
        const Arguments arguments = read_arguments(argc, argv);
        asio::io_context context{1};
        standins::Company company{context, arguments.bot};
        int status = 1;
        asio::signal_set signals{context, SIGINT, SIGTERM};
        signals.async_wait([&](boost::system::error_code ec, int) {
            if (ec) return;
            status = company.bot().running() ? company.bot().stop() : 1;
            context.stop();
        });
        asio::co_spawn(context, run(company, arguments.once), [&](std::exception_ptr failure, int result) {
            status = result;
            context.stop();
            if (failure) std::rethrow_exception(failure);
        });
        context.run();
        return status;
    }
    catch (const std::exception& problem)
    {
        std::cerr << "countersign-demo: " << problem.what() << '\n';
        return 1;
    }
}
