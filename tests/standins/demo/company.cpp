#include "tests/standins/demo/company.hpp"

#include "tests/standins/auth0/demo_tenant.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace standins {

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
    options.scopes.insert("im:history");
    return options;
}

}  // namespace

TimeMs Company::now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Company::Company(asio::io_context& context_, std::filesystem::path binary)
    : context{context_},
      slack{workspace_options()},
      auth0{auth0::demo_options()},
      folder_{make_private_folder("countersign-demo")}
{
    const auto serve = [this](const std::function<Exchange()>& service) {
        const int number = ++calls;
        on_call(number, Moment::before_applied);
        Exchange exchange = service();
        on_call(number, Moment::after_applied);
        return exchange;
    };
    slack_host_ = std::make_unique<HttpHost>(context, [this, serve](const Request& request) {
        return serve([&] { return slack.exchange(request, now()); });
    });
    HttpHost::Options chunked;
    chunked.chunked = true;  // as Auth0 answers
    auth0_host_ = std::make_unique<HttpHost>(
        context,
        [this, serve](const Request& request) { return serve([&] { return auth0.exchange(request, now()); }); },
        chunked);
    slack.options().api_base_url = slack_host_->base_url();
    populate_slack();
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
    around.support_group = "S0SUPPORT1";
    around.implementation_group = "S0IMPLEM01";
    around.approvers_group = "S0APPROVER";
    around.auditors_group = "S0AUDITORS";
    bot_ = std::make_unique<BotProcess>(std::move(binary), folder_, around);
    poster_ = std::make_unique<HttpPoster>(context, bot_->base_url(), 5s);
}

Company::~Company()
{
    bot_->kill();
    slack_host_->stop();
    auth0_host_->stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Company::populate_slack()
{
    using slack::Standing;
    const auto person = [this](
                            const std::string& id, const std::string& name, const std::string& real_name,
                            Standing standing = Standing::member) {
        slack.add_user({id, name, real_name, name + "@acme.com", standing, {}, false});
    };
    person(people::agent, "agent", "Support agent");
    person(people::implementer, "implementer", "Implementer");
    person(people::lead, "lead", "Team lead");
    person(people::second_lead, "second.lead", "Second team lead");
    person(people::auditor, "auditor", "Auditor");
    person(people::guest, "guest", "Guest", Standing::guest);
    slack.add_group({"S0SUPPORT1", "support", {people::agent}, false, false});
    slack.add_group({"S0IMPLEM01", "implementation", {people::implementer}, false, false});
    slack.add_group({"S0APPROVER", "team-leads", {people::lead, people::second_lead}, false, false});
    slack.add_group({"S0AUDITORS", "auditors", {people::auditor}, false, false});

    const std::string bot = slack.options().bot_user_id;
    const std::vector<std::string> staff = {people::agent,       people::implementer, people::lead,
                                            people::second_lead, people::auditor,     bot};
    using slack::ChannelKind;
    slack.add_channel(
        {channels::approvals, "password-approvals", ChannelKind::closed, staff, false, false, false, false});
    slack.add_channel({channels::audit, "password-audit", ChannelKind::closed, staff, false, false, false, false});
    slack.add_channel({channels::helpdesk, "helpdesk", ChannelKind::open, staff, false, false, false, false});
}

asio::awaitable<bool> Company::start_bot(std::chrono::seconds limit)
{
    bot_->start();
    const auto until_at = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until_at && bot_->running())
    {
        Request probe;
        probe.method = "GET";
        probe.target = "/readyz";
        const auto answer = co_await poster_->send(std::move(probe));
        if (answer && answer->status == 200) co_return true;
        asio::steady_timer pause{context, 50ms};
        co_await pause.async_wait(asio::use_awaitable);
    }
    co_return false;
}

asio::awaitable<int> Company::deliver(slack::Delivery delivery)
{
    const auto answer = co_await poster_->send(delivery.request);
    if (!answer)
    {
        slack.unanswered(delivery, now());
        co_return 0;
    }
    slack.answered(delivery, *answer, now());
    co_return answer->status;
}

asio::awaitable<int> Company::type_command(std::string user, std::string command, std::string text)
{
    slack::Delivery delivery = slack.command(user, channels::helpdesk, command, text, now());
    co_return co_await deliver(std::move(delivery));
}

asio::awaitable<int> Company::press(std::string user, std::string action)
{
    const auto messages = slack.messages(channels::approvals);
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

}  // namespace standins
