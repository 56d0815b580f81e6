#include "tests/integration/support/bot_stage.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/json/parse.hpp>

#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>

namespace countersign::test {

namespace asio = boost::asio;

namespace {

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

asio::awaitable<std::string> get_text(demo::Company& company, std::string target)
{
    standins::Request request{"GET", std::move(target), {}, {}};
    const auto answer = co_await company.ask_bot(std::move(request));
    if (!answer) co_return "no answer";
    co_return std::to_string(answer->status) + " " + answer->body;
}

}  // namespace

void BotStage::configure(const std::string& from, const std::string& to)
{
    std::string text = content_of(company.bot().config_file());
    const auto at = text.find(from);
    if (at == std::string::npos || text.find(from, at + 1) != std::string::npos)
        throw std::logic_error{"not once in the configuration: " + from};
    text.replace(at, from.size(), to);
    std::ofstream{company.bot().config_file()} << text;
}

void BotStage::signal(int number)
{
    if (company.bot().pid() == 0) throw std::logic_error{"no bot to send a signal to"};
    ::kill(company.bot().pid(), number);
}

int BotStage::wait_for_end()
{
    const bool ended = until([this] { return !company.bot().running(); });
    return ended ? company.bot().exit_status() : -1;
}

std::string BotStage::get(std::string target) { return run(get_text(company, std::move(target))); }

std::string BotStage::get_until(std::string target, std::string wanted)
{
    const auto end = std::chrono::steady_clock::now() + step_deadline;
    std::string answer = get(target);
    while (answer != wanted && std::chrono::steady_clock::now() < end)
    {
        context.restart();
        context.run_for(std::chrono::milliseconds{20});
        answer = get(target);
    }
    return answer;
}

bool BotStage::door_is_closed()
{
    asio::ip::tcp::socket socket{context};
    boost::system::error_code failure;
    socket.connect({asio::ip::address_v4::loopback(), port()}, failure);
    return failure == asio::error::connection_refused;
}

std::string BotStage::output() { return content_of(company.bot().log_file()); }

bool BotStage::writes(std::string_view words)
{
    static_cast<void>(until([this, words] { return has_written(words) || !company.bot().running(); }));
    return has_written(words);
}

std::vector<std::string> BotStage::events()
{
    std::vector<std::string> out;
    std::istringstream lines{output()};
    for (std::string line; std::getline(lines, line);)
    {
        boost::system::error_code not_json;
        const auto value = boost::json::parse(line, not_json);
        if (!not_json && value.is_object()) out.emplace_back(value.at("event").as_string());
    }
    return out;
}

std::uint16_t BotStage::port()
{
    const std::string url = company.bot().base_url();
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

}  // namespace countersign::test
