#include "tests/scenario/world.hpp"

#include "bot/app/app.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

namespace countersign::test {

namespace asio = boost::asio;
using standins::slack::Delivery;

namespace {

const TimePoint monday = *from_iso8601("2026-11-23T09:00:00.000Z");
const std::string slack_host = "127.0.0.1:7001";
const std::string auth0_host = "127.0.0.1:7002";
const std::string bot_token = "xoxb-fake-token-for-tests";
const std::string signing_secret = "fake-signing-secret-for-tests";
const std::string client_secret = "fake-client-secret-for-tests";

standins::slack::WorkspaceOptions workspace_options(std::uint64_t seed)
{
    standins::slack::WorkspaceOptions options;
    options.bot_token = bot_token;
    options.signing_secret = signing_secret;
    options.api_base_url = "http://" + slack_host;
    options.scopes.insert("im:history");
    options.commands = {
        {"/reset-password", "email [reason]", "Ask for a password reset"},
        {"/create-password", "email [First Last]", "Ask for a first password"},
        {"/password-freeze", "reason", "Stop every password change"},
        {"/password-help", "", "How it works"}};
    options.shortcuts = {
        {standins::slack::ShortcutKind::global, "reset_password", "Reset a password", "Ask for a reset in a form"},
        {standins::slack::ShortcutKind::message, "reset_from_message", "Reset password", "For this address"}};
    options.seed = seed;
    return options;
}

standins::auth0::Options tenant_options(std::uint64_t seed)
{
    standins::auth0::ClientApp app;
    app.client_id = "countersign-client";
    app.secrets = {client_secret};
    app.scopes = standins::auth0::all_bot_scopes();
    standins::auth0::ClientApp narrow = app;
    narrow.client_id = narrow_client;
    std::erase(narrow.scopes, "read:connections_options");
    standins::auth0::Options options;
    options.clients = {app, narrow};
    options.seed = seed;
    return options;
}

http::ServerRequest to_server(const standins::Request& request)
{
    http::ServerRequest arrived;
    arrived.method = request.method;
    arrived.target = request.target;
    arrived.headers = request.headers;
    for (auto& [name, value] : arrived.headers)
        std::transform(
            name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    arrived.body = request.body;
    return arrived;
}

}  // namespace

World::World(std::uint64_t seed_) : World{seed_, [](Config&) {}} {}

World::World(std::uint64_t seed_, std::function<void(Config&)> adjust)
    : World{seed_, std::move(adjust), monday, [](World&) {}}
{}

World::World(
    std::uint64_t seed_, std::function<void(Config&)> adjust, TimePoint begin,
    const std::function<void(World&)>& prepare)
    : seed{seed_},
      time{context, begin},
      random{seed_},
      network{time, random},
      slack{workspace_options(seed_)},
      auth0{tenant_options(seed_)},
      adjust_{std::move(adjust)}
{
    populate();
    network.attach(slack_host, [this](const standins::Request& request, standins::TimeMs now) {
        return slack.exchange(request, now);
    });
    network.attach(auth0_host, [this](const standins::Request& request, standins::TimeMs now) {
        return auth0.exchange(request, now);
    });
    network.on_death = [this] { died_ = true; };
    prepare(*this);
    start();
}

World::~World()
{
    if (app_) crash();
    ledger_.reset();
}

void World::populate()
{
    using standins::slack::Standing;
    const auto person = [this](const std::string& id, const std::string& name, Standing standing = Standing::member) {
        slack.add_user({id, name, name, name + "@staff.example", standing, {}, false});
    };
    person(cast::agent, "agent");
    person(cast::implementer, "implementer");
    person(cast::lead, "lead");
    person(cast::other_lead, "otherlead");
    person(cast::auditor, "auditor");
    person(cast::manager, "manager");
    person(cast::nobody, "nobody");
    person(cast::guest, "guest", Standing::guest);
    slack.add_group({"S0SUPPORT", "support", {cast::agent, cast::other_lead, cast::guest}, false, false});
    slack.add_group({"S0IMPL", "implementation", {cast::implementer, cast::guest}, false, false});
    slack.add_group({"S0LEADS", "leads", {cast::lead, cast::other_lead, cast::guest}, false, false});
    slack.add_group({"S0AUDIT", "auditors", {cast::auditor}, false, false});
    slack.add_group({"S0MANAGERS", "managers", {cast::manager, cast::guest}, false, false});
    const std::string bot = slack.options().bot_user_id;
    const std::vector<std::string> all = {cast::agent,      cast::implementer, cast::lead,
                                          cast::other_lead, cast::auditor,     cast::nobody,
                                          cast::guest,      cast::manager,     bot};
    for (const std::string& id : {cast::approvals, cast::audit, cast::desk})
        slack.add_channel({id, id, standins::slack::ChannelKind::closed, all, false, false, false, false});

    auth0.add_connection({});
    standins::auth0::UserSpec user;
    user.email = customer_email;
    user.given_name = "Ada";
    user.family_name = "Byron";
    user.password = "before-the-reset-1";
    user.logins_count = 3;
    user.last_login = to_unix_ms(monday) - 86'400'000;
    user.last_password_reset = to_unix_ms(monday) - 864'000'000;
    customer = auth0.add_user(user, to_unix_ms(monday) - 1'000'000'000);
}

Config World::config() const
{
    Config config;
    config.slack.signing_secrets.emplace_back(signing_secret);
    config.slack.bot_token = Secret{bot_token};
    config.slack.api = *http::parse_origin("http://" + slack_host + "/api/");
    config.slack.team_ids.emplace_back("T024BE7LD");
    config.slack.app_id = "A019UV9PCQN";
    config.slack.approvals = ChannelId{cast::approvals};
    config.slack.audit = ChannelId{cast::audit};
    config.slack.support.groups.emplace_back("S0SUPPORT");
    config.slack.implementation.groups.emplace_back("S0IMPL");
    config.slack.approvers.groups.emplace_back("S0LEADS");
    config.slack.auditors.groups.emplace_back("S0AUDIT");
    config.auth0.domain = "acme.eu.auth0.com";
    config.auth0.base = *http::parse_origin("http://" + auth0_host + "/");
    config.auth0.client_id = "countersign-client";
    config.auth0.client_secret = Secret{client_secret};
    config.slack.escalation.groups.emplace_back("S0MANAGERS");
    config.vault_key = Secret{"0123456789abcdef0123456789abcdef"};
    config.requests.limits = LimitSettings{Limit{}, Limit{}, Limit{}, Limit{}};
    config.requests.approval.remind_after = std::chrono::seconds{0};
    adjust_(config);
    return config;
}

void World::start()
{
    died_ = false;
    network.dead = false;
    ledger_ = std::make_unique<test::InlineStore>(database().string(), time.wall());
    fragile_ = std::make_unique<FragileStore>(*ledger_);
    fragile_->knows_all_writes = true;
    fragile_->dies_before_commit = [this](int) { return ++commits_ == deadly_commit_; };
    Machine machine{
        context.get_executor(),          time, time, random, *fragile_, network, [this] { return !fragile_->broken; },
        ledger_->engine().newest_stamp()};
    app_ = std::make_unique<App>(std::move(machine), config());
    ledger_->on_jobs([this] { app_->wake(); });
    app_->start();
    run_until([this] { return !app_ || app_->ready(); }, std::chrono::minutes{2});
}

void World::revive()
{
    for (int lives = 0; lives < 10 && !alive(); ++lives) start();
}

void World::die_before_commit(int number) { deadly_commit_ = commits_ + number; }

void World::stop()
{
    bool stopped = false;
    asio::co_spawn(context, app_->stop(std::chrono::seconds{10}), [&stopped](std::exception_ptr) { stopped = true; });
    run_until([&stopped] { return stopped; });
    app_.reset();
    fragile_.reset();
    ledger_.reset();
}

void World::crash()
{
    died_ = true;
    bury();
}

// What is left of a killed process is unwound without any effect: its wire is cut and its ledger refuses.
void World::bury()
{
    network.dead = true;
    fragile_->broken = true;
    ledger_->on_jobs({});
    app_->abort();
    bool gone = false;
    asio::co_spawn(context, app_->join(), [&gone](std::exception_ptr) { gone = true; });
    for (int turns = 0; turns < 100'000 && !gone; ++turns)
    {
        poll();
        if (!gone)
            if (const auto next = time.next(); next && *next < SteadyTime::max()) time.advance_to(*next);
    }
    app_.reset();
    fragile_.reset();
    ledger_.reset();
}

void World::poll()
{
    context.restart();
    context.poll();
}

bool World::run_until(const std::function<bool()>& done, Milliseconds limit)
{
    const SteadyTime until = time.steady() + limit;
    for (;;)
    {
        poll();
        if (app_ && (died_ || (fragile_ && fragile_->broken && fragile_->dies)))
        {
            bury();
            return done();
        }
        if (done()) return true;
        const auto next = time.next();
        if (!next || *next > until)
        {
            time.advance_to(until);
            poll();
            return done();
        }
        time.advance_to(*next);
    }
}

void World::run_for(Milliseconds duration)
{
    run_until([] { return false; }, duration);
}

bool World::settle(Milliseconds limit)
{
    int read_after = -1;
    bool open = true;
    return run_until(
        [&] {
            if (!app_) return true;
            // Asked at every turn, so the cheap questions come first.
            if (app_->jobs_in_flight() != 0) return false;
            // What lies further ahead is the expiry of a request that was decided long before.
            const auto next = fragile_->quiet_until();
            if (!next || *next <= time.now() + std::chrono::minutes{10}) return false;
            if (commits_ != read_after)
            {
                const auto all = requests();
                open = std::any_of(all.begin(), all.end(), [](const Request& each) { return each.is_open(); });
                read_after = commits_;
            }
            return !open;
        },
        limit);
}

std::optional<standins::Response> World::knock(const standins::Request& request)
{
    if (!alive()) return std::nullopt;  // it died between two of somebody's clicks: nobody is at the door

    struct Flight
    {
        std::optional<http::ServerReply> reply;
        bool ended = false;
    };
    const auto flight = std::make_shared<Flight>();
    asio::co_spawn(
        context, app_->handle(to_server(request)), [flight](std::exception_ptr failure, http::ServerReply reply) {
            flight->ended = true;
            if (!failure) flight->reply = std::move(reply);
        });
    run_until([flight] { return flight->ended; }, std::chrono::seconds{10});
    if (!flight->reply) return std::nullopt;
    standins::Response response;
    response.status = flight->reply->status;
    response.body = flight->reply->body;
    if (!flight->reply->content_type.empty())
        response.headers.emplace_back("content-type", flight->reply->content_type);
    if (flight->reply->allow) response.headers.emplace_back("allow", *flight->reply->allow);
    return response;
}

standins::Response World::deliver(const Delivery& delivery)
{
    const auto response = knock(delivery.request);
    if (!response)
    {
        slack.unanswered(delivery, to_unix_ms(time.now()));
        standins::Response none;
        none.status = 0;
        return none;
    }
    slack.answered(delivery, *response, to_unix_ms(time.now()));
    return *response;
}

std::size_t World::deliver_together(const std::vector<Delivery>& deliveries)
{
    struct Flights
    {
        std::size_t ended = 0;
        std::size_t accepted = 0;
    };
    const auto flights = std::make_shared<Flights>();
    for (const Delivery& delivery : deliveries)
        asio::co_spawn(
            context, app_->handle(to_server(delivery.request)),
            [flights](std::exception_ptr failure, http::ServerReply reply) {
                ++flights->ended;
                if (!failure && reply.status == 200) ++flights->accepted;
            });
    run_until([flights, all = deliveries.size()] { return flights->ended == all; }, std::chrono::seconds{10});
    return flights->accepted;
}

}  // namespace countersign::test
