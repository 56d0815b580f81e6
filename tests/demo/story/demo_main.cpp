// countersign-demo: the product's own program between a Slack workspace and an Auth0 tenant that run on this machine.
//   countersign-demo [--once] [--own-password] [--port N] [--page-dir DIR] [--bot PATH]
// It serves a page on 127.0.0.1, at port N (0: any free one; 8765 unless that is taken), until it is told to end.
// --page-dir takes the page's files from a folder as they are now. --once plays the main story by itself instead and
// exits 0 only if every step was seen: first as it is by default, then in a tenant with the Action that demands a
// password of the customer's own. --own-password serves the page in such a tenant.

#include "tests/demo/page/server.hpp"
#include "tests/demo/story/story.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <charconv>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Where a bookmark of the page finds it again.
constexpr std::uint16_t usual_port = 8765;
constexpr const char* usage =
    "usage: countersign-demo [--once] [--own-password] [--port N] [--page-dir DIR] [--bot PATH]";

struct Arguments
{
    std::filesystem::path bot;
    std::filesystem::path page_folder;  // empty: the embedded page
    std::optional<std::uint16_t> port;
    bool once = false;
    demo::SetUp set_up = demo::SetUp::plain;
};

std::uint16_t read_port(const std::string& word)
{
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), port);
    if (failure != std::errc{} || end != word.data() + word.size()) throw std::runtime_error{usage};
    return port;
}

Arguments read_arguments(int argc, char** argv)
{
    Arguments arguments;
    arguments.bot =
        std::filesystem::canonical("/proc/self/exe").parent_path().parent_path().parent_path() / "bot" / "countersign";
    const std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        const bool has_value = i + 1 < words.size();
        if (words[i] == "--once")
            arguments.once = true;
        else if (words[i] == "--own-password")
            arguments.set_up = demo::SetUp::own_password;
        else if (words[i] == "--bot" && has_value)
            arguments.bot = words[++i];
        else if (words[i] == "--page-dir" && has_value)
            arguments.page_folder = words[++i];
        else if (words[i] == "--port" && has_value)
            arguments.port = read_port(words[++i]);
        else
            throw std::runtime_error{usage};
    }
    return arguments;
}

// Playing the story needs no particular port; a page is looked for where it was.
standins::HttpHost::Options where(const Arguments& arguments)
{
    standins::HttpHost::Options options;
    if (!arguments.once) options.port = usual_port;
    if (arguments.port) options.port = *arguments.port;
    options.or_any_port = !arguments.port;
    return options;
}

void greet(const demo::Company& company, const std::string& bot_url, const std::string& page_url)
{
    std::cout << "\nCountersign runs with a Slack workspace and an Auth0 tenant of its own on this machine.\n\n"
              << "  bot      " << bot_url << "/readyz\n"
              << "  slack    " << company.slack_host().base_url() << "/api/\n"
              << "  auth0    " << company.auth0_host().base_url() << "/\n"
              << "  files    " << company.folder().string()
              << "  (configuration, database, log; removed at the end)\n\n"
              << "For the real thing, copy deploy/countersign.sample.toml to countersign.toml, fill it in, and run\n"
              << "./deploy/run.sh again. The README tells how to set up the Slack app and the Auth0 application.\n\n"
              << "Ctrl-C ends it. Open this page in a browser:\n\n  " << page_url << "\n"
              << std::flush;
}

asio::awaitable<std::optional<int>> play(demo::Company& company)
{
    int status = 1;
    if (company.set_up() == demo::SetUp::own_password)
        status = co_await demo::play_own_password(company, std::cout);
    else
        status = co_await demo::play_story(company, std::cout);
    co_return status;
}

// The exit status, or nothing when the page is there to be used.
asio::awaitable<std::optional<int>> begin(demo::Company& company, std::string page_url, bool once)
{
    const bool ready = co_await company.start_bot(30s);
    if (!ready)
    {
        std::cerr << "countersign did not become ready; see " << company.bot().log_file() << '\n';
        co_return 1;
    }
    if (once) co_return co_await play(company);
    greet(company, company.bot().base_url(), page_url);
    co_return std::nullopt;
}

asio::awaitable<std::optional<int>> end_at_signal(demo::Company& company)
{
    asio::signal_set signals{company.context, SIGINT, SIGTERM};
    co_await signals.async_wait(asio::use_awaitable);
    if (!company.bot().running()) co_return 0;
    const int status = co_await company.stop_bot();
    co_return status;
}

int serve(const Arguments& arguments)
{
    asio::io_context context{1};
    demo::Company company{context, arguments.bot, where(arguments), arguments.set_up};
    const demo::page::Server page{
        company, arguments.page_folder.empty() ? demo::page::Assets{} : demo::page::Assets{arguments.page_folder}};
    int status = 1;
    const auto finish = [&](std::exception_ptr failure, std::optional<int> result) {
        if (!failure && !result) return;
        status = result.value_or(1);
        context.stop();
        if (failure) std::rethrow_exception(failure);
    };
    asio::co_spawn(context, begin(company, page.url(), arguments.once), finish);
    asio::co_spawn(context, end_at_signal(company), finish);
    context.run();
    return status;
}

}  // namespace

int main(int argc, char** argv)
{
    try
    {
        Arguments arguments = read_arguments(argc, argv);
        const int status = serve(arguments);
        if (!arguments.once || status != 0 || arguments.set_up == demo::SetUp::own_password) return status;
        arguments.set_up = demo::SetUp::own_password;
        return serve(arguments);
    }
    catch (const std::exception& problem)
    {
        std::cerr << "countersign-demo: " << problem.what() << '\n';
        return 1;
    }
}
