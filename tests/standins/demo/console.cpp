#include "tests/standins/demo/console.hpp"

#include "tests/standins/demo/drawing.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>

#include <cstdio>
#include <iostream>
#include <map>
#include <optional>
#include <unistd.h>

namespace standins {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t line_bytes_max = 1000;

const std::map<std::string, std::string> roles = {
    {"agent", people::agent},        {"implementer", people::implementer}, {"lead", people::lead},
    {"second", people::second_lead}, {"auditor", people::auditor},
};

// Prints what is new or edited since the last look.
class Watcher
{
public:
    explicit Watcher(const Company& company) : company_{company} {}

    void look()
    {
        if (company_.slack.revision() == seen_) return;
        seen_ = company_.slack.revision();
        for (const auto& message : company_.slack.messages(channels::approvals)) show("#password-approvals", message);
        for (const auto& message : company_.slack.messages(channels::audit)) show("#password-audit", message);
        for (const auto& [role, user] : roles)
        {
            for (const auto& message : company_.slack.dms(user)) show("direct message to the " + role, message);
            for (const std::string& channel : {channels::helpdesk, channels::approvals})
                for (const auto& message : company_.slack.visible_to(user, channel))
                    if (message.is_ephemeral()) show("only visible to the " + role, message);
        }
    }

private:
    void show(const std::string& where, const slack::Message& message)
    {
        const std::string drawn = draw(company_.slack, message);
        std::string& before = shown_[where + message.channel + message.ts];
        if (before == drawn) return;
        std::cout << "\n  " << where << (before.empty() ? "" : " (edited)") << "\n" << drawn << std::flush;
        before = drawn;
    }

    const Company& company_;
    std::uint64_t seen_ = 0;
    std::map<std::string, std::string> shown_;
};

void list_customers(const Company& company)
{
    const auto snapshot = boost::json::parse(company.auth0.snapshot(Company::now()));
    for (const auto& user : snapshot.at("users").as_array())
        std::cout << "  " << std::string_view{user.at("email").as_string()} << "  "
                  << std::string_view{user.at("name").as_string()} << '\n';
    std::cout << std::flush;
}

asio::awaitable<void> act(Company& company, std::string verb, std::string rest)
{
    int status = 0;
    if (verb == "ask")
        status = co_await company.type_command(people::agent, "/reset-password", std::move(rest));
    else
    {
        const auto role = roles.find(rest.empty() ? "lead" : rest);
        const std::string action = verb == "approve" ? "request.approve" : "request.deny";
        if (role == roles.end())
            std::cout << "  nobody has the role " << rest << '\n';
        else
            status = co_await company.press(role->second, action);
    }
    if (status == -1) std::cout << "  there is no such button to press now\n";
    if (status != 200 && status > 0) std::cout << "  the bot answered with HTTP status " << status << '\n';
    std::cout << std::flush;
}

asio::awaitable<void> read_lines(Company& company, bool& quit)
{
    asio::posix::stream_descriptor input{company.context, ::dup(STDIN_FILENO)};
    std::string buffer;
    while (!quit)
    {
        const auto [ec, size] = co_await asio::async_read_until(
            input, asio::dynamic_buffer(buffer, line_bytes_max), '\n', asio::as_tuple(asio::use_awaitable));
        if (ec) co_return;
        std::string line = buffer.substr(0, size - 1);
        buffer.erase(0, size);
        const auto space = line.find(' ');
        std::string verb = line.substr(0, space);
        std::string rest = space == std::string::npos ? std::string{} : line.substr(space + 1);
        if (verb == "quit" || verb == "exit")
            quit = true;
        else if (verb == "ask" || verb == "approve" || verb == "deny")
            co_await act(company, std::move(verb), std::move(rest));
        else if (verb == "customers")
            list_customers(company);
        else if (!verb.empty())
            std::cout << console_guide() << std::flush;
    }
}

}  // namespace

std::string console_guide()
{
    return "  ask ada@example.com forgot it    the support agent types /reset-password\n"
           "  approve [lead|second|agent]      somebody presses Approve on the newest card\n"
           "  deny [lead|second|agent]         ... or Deny\n"
           "  customers                        whom the Auth0 tenant knows\n"
           "  quit\n";
}

asio::awaitable<void> run_console(Company& company)
{
    Watcher watcher{company};
    bool quit = false;
    asio::co_spawn(company.context, read_lines(company, quit), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    while (!quit && company.bot().running())
    {
        watcher.look();
        asio::steady_timer pause{company.context, 100ms};
        co_await pause.async_wait(asio::use_awaitable);
    }
}

}  // namespace standins
