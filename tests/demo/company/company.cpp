#include "tests/demo/company/company.hpp"

#include "tests/standins/auth0/demo_tenant.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace demo {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Fakes, made for the demo: they open nothing but the stand-ins on this machine.
const std::string bot_token = "xoxb-fake-demo-token";
const std::string signing_secret = "fake-demo-signing-secret";

slack::WorkspaceOptions workspace_options()
{
    slack::WorkspaceOptions options;
    options.bot_token = bot_token;
    options.signing_secret = signing_secret;
    options.bot_name = "countersign";
    // As deploy/slack-manifest.yaml has it; a test compares them.
    options.commands = {
        {"/reset-password", "[email] [reason]", "Ask for a password reset; a team lead decides"},
        {"/create-password", "email [First Last]",
         "Ask for a first password for somebody who never signed in; a team lead decides"},
        {"/password-freeze", "reason", "Stop all resets at once; two people release it"},
        {"/password-help", "", "What Countersign does and how"}};
    options.shortcuts = {
        {slack::ShortcutKind::global, "reset_password", "Reset a password", "Ask for a password reset in a form"},
        {slack::ShortcutKind::message, "reset_from_message", "Reset password",
         "Ask for a reset for the e-mail address in this message"}};
    options.home_tab_enabled = true;
    options.messages_tab_read_only = true;
    options.scopes = {"commands",         "chat:write",      "im:write",      "users:read",
                      "users:read.email", "usergroups:read", "channels:read", "groups:read",
                      "channels:history", "groups:history",  "im:history"};
    // The bot reads four groups at each start, and here it is killed and started at will: Slack tolerates such bursts.
    options.rates.tier_two = 60;
    return options;
}

auth0::Options tenant_options(SetUp set_up)
{
    auth0::Options options = auth0::demo_options();
    options.has_action = set_up == SetUp::own_password;
    return options;
}

}  // namespace

TimeMs Company::now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Company::Company(asio::io_context& context_, std::filesystem::path binary, HttpHost::Options at, SetUp set_up)
    : context{context_},
      slack{workspace_options()},
      auth0{tenant_options(set_up)},
      set_up_{set_up},
      folder_{"countersign-demo"}
{
    slack_host_ = std::make_unique<HttpHost>(
        context, HttpHost::WaitingHandler{[this](Request request) { return at_slack(std::move(request)); }},
        std::move(at));
    HttpHost::Options chunked;
    chunked.chunked = true;  // as Auth0 answers
    auth0_host_ = std::make_unique<HttpHost>(
        context, [this](const Request& request) { return count([&] { return auth0.exchange(request, now()); }); },
        chunked);
    slack.options().api_base_url = slack_host_->base_url();
    populate(slack);
    auth0::add_demo_customers(auth0, now());

    BotSurroundings around;
    around.slack_api_url = slack_host_->base_url() + "/api/";
    around.auth0_base_url = auth0_host_->base_url() + "/";
    around.auth0_domain = auth0::demo_options().domain;
    around.auth0_client_id = auth0::demo_client_id;
    around.auth0_client_secret = auth0::demo_client_secret;
    around.bot_token = bot_token;
    around.signing_secret = signing_secret;
    around.team_id = slack.options().team_id;
    around.app_id = slack.options().app_id;
    around.approvals_channel = channels::approvals;
    around.audit_channel = channels::audit;
    around.support_group = groups::support;
    around.implementation_group = groups::implementation;
    around.approvers_group = groups::approvers;
    around.auditors_group = groups::auditors;
    around.must_change = set_up == SetUp::own_password;
    bot_ = std::make_unique<BotProcess>(std::move(binary), folder(), around);
    poster_ = std::make_unique<HttpPoster>(context, bot_->base_url(), 5s);
}

Company::~Company()
{
    bot_->kill();
    slack_host_->stop();
    auth0_host_->stop();
}

// Tells on_call of a call to a stand-in, before and after it is served.
Exchange Company::count(const std::function<Exchange()>& service)
{
    const int number = ++calls;
    on_call(number, Moment::before_applied);
    Exchange exchange = service();
    on_call(number, Moment::after_applied);
    return exchange;
}

asio::awaitable<Exchange> Company::at_slack(Request request)
{
    if (page && !slack::Workspace::serves(request)) co_return co_await page(std::move(request));
    co_return count([&] { return slack.exchange(request, now()); });
}

asio::awaitable<bool> Company::start_bot(std::chrono::seconds limit)
{
    bot_->start();
    const auto until_at = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until_at && bot_->running())
    {
        Request probe{"GET", "/readyz", {}, {}};
        const auto answer = co_await ask_bot(std::move(probe));
        if (answer && answer->status == 200) co_return true;
        asio::steady_timer pause{context, 50ms};
        co_await pause.async_wait(asio::use_awaitable);
    }
    co_return false;
}

asio::awaitable<int> Company::stop_bot()
{
    bot_->terminate();
    auto is_over = [this] { return !bot_->running(); };
    const bool ended = co_await until(std::move(is_over), 15s);
    if (!ended) bot_->kill();
    co_return bot_->exit_status();
}

asio::awaitable<HttpPoster::Result> Company::ask_bot(Request request) { return poster_->send(std::move(request)); }

asio::awaitable<int> Company::deliver(slack::Delivery delivery)
{
    const auto sent = std::chrono::steady_clock::now();
    const auto answer = co_await poster_->send(delivery.request);
    const auto took = std::chrono::steady_clock::now() - sent;
    const int status = answer ? answer->status : 0;
    answers_.push_back({delivery.kind, status, std::chrono::duration_cast<std::chrono::milliseconds>(took)});
    if (answer)
        slack.answered(delivery, *answer, now());
    else
        slack.unanswered(delivery, now());
    co_return status;
}

asio::awaitable<int> Company::type_command(std::string user, std::string command, std::string text)
{
    slack::Delivery delivery = slack.command(user, channels::helpdesk, command, text, now());
    co_return co_await deliver(std::move(delivery));
}

asio::awaitable<int> Company::press(std::string user, std::string action)
{
    auto messages = slack.messages(channels::approvals);
    // Cards, not what stands in their threads.
    std::erase_if(messages, [](const slack::Message& message) { return !message.thread_ts.empty(); });
    if (messages.empty()) co_return -1;
    std::optional<slack::Delivery> delivery;
    try
    {
        delivery = slack.click(user, channels::approvals, messages.back().ts, action, now());
    }
    catch (const slack::CannotAct&)
    {
        co_return -1;
    }
    co_return co_await deliver(std::move(*delivery));
}

asio::awaitable<bool> Company::until(std::function<bool()> done, std::chrono::seconds limit)
{
    const auto until_at = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until_at)
    {
        if (done()) co_return true;
        asio::steady_timer pause{context, 20ms};
        co_await pause.async_wait(asio::use_awaitable);
    }
    co_return done();
}

}  // namespace demo
