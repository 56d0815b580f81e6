#pragma once

#include "tests/demo/company/bot_process.hpp"
#include "tests/demo/company/people.hpp"
#include "tests/demo/company/services.hpp"
#include "tests/standins/auth0/tenant.hpp"
#include "tests/standins/host/http_host.hpp"
#include "tests/standins/host/http_poster.hpp"
#include "tests/standins/slack/workspace.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace demo {

// How the bot answered one request of Slack.
struct Answer
{
    slack::DeliveryKind kind = slack::DeliveryKind::command;
    int status = 0;  // 0: it could not be reached
    std::chrono::milliseconds took{0};
};

// Whether the tenant has the Action of deploy/auth0-actions, and the bot knows of it.
enum class SetUp
{
    plain,         // the password that was set opens the account
    own_password,  // it opens the page where its owner chooses another
};

// A company with a Slack workspace and an Auth0 tenant on loopback, and the real bot as a process between them.
// Everything runs on one io_context.
class Company
{
public:
    // `binary`: the countersign program. `at`: where Slack, and a page beside it, listen. The folder is removed with
    // the company.
    Company(
        boost::asio::io_context& context, std::filesystem::path binary, HttpHost::Options at = {},
        SetUp set_up = SetUp::plain);
    ~Company();
    Company(const Company&) = delete;
    Company& operator=(const Company&) = delete;

    // Starts the bot and waits until it is ready; false when it is not within `limit`.
    boost::asio::awaitable<bool> start_bot(std::chrono::seconds limit);

    // Tells it to end, and waits while the stand-ins go on serving it; its exit status, -1 when it had to be killed.
    boost::asio::awaitable<int> stop_bot();
    // A request of our own to the bot, e.g. GET /readyz.
    boost::asio::awaitable<HttpPoster::Result> ask_bot(Request request);

    // Hands a delivery to the bot and its answer back to Slack. The HTTP status, 0 when there was no answer.
    boost::asio::awaitable<int> deliver(slack::Delivery delivery);
    boost::asio::awaitable<int> type_command(std::string user, std::string command, std::string text);
    // On the newest message of the approvals channel. -1: there is no such button for this person.
    boost::asio::awaitable<int> press(std::string user, std::string action);
    boost::asio::awaitable<bool> until(std::function<bool()> done, std::chrono::seconds limit);

    static TimeMs now();

    boost::asio::io_context& context;
    slack::Workspace slack;
    auth0::Tenant auth0;
    // How the bot answered Slack so far.
    const std::vector<Answer>& answers() const { return answers_; }

    // Asked for every call to a stand-in before it is served; a test may kill the bot here. See `Moment`.
    enum class Moment
    {
        before_applied,
        after_applied,
    };
    std::function<void(int number, Moment moment)> on_call = [](int, Moment) {};
    int calls = 0;
    // What Slack's host answers outside of Slack's own addresses; without it, 404.
    HttpHost::WaitingHandler page;
    BotProcess& bot() { return *bot_; }
    SetUp set_up() const { return set_up_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    const HttpHost& slack_host() const { return *slack_host_; }
    const HttpHost& auth0_host() const { return *auth0_host_; }

private:
    Exchange count(const std::function<Exchange()>& service);
    boost::asio::awaitable<Exchange> at_slack(Request request);

    SetUp set_up_;
    PrivateFolder folder_;
    std::unique_ptr<HttpHost> slack_host_;
    std::unique_ptr<HttpHost> auth0_host_;
    std::unique_ptr<BotProcess> bot_;
    std::unique_ptr<HttpPoster> poster_;
    std::vector<Answer> answers_;
};

}  // namespace demo
