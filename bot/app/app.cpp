#include "bot/app/app.hpp"

#include "bot/app/health.hpp"
#include "handlers/actions/identify.hpp"
#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"
#include "handlers/effects/follow_up.hpp"
#include "handlers/rules/jobs.hpp"
#include "handlers/rules/permissions.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>

namespace countersign {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// A number that is one more as long as this lives.
struct Counted
{
    explicit Counted(int& count_) : count{count_} { ++count; }
    ~Counted() { --count; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    int& count;
};

constexpr int follow_ups_max = 64;  // people who wait for a modal at the same moment
constexpr std::chrono::seconds directory_every{60};
constexpr std::chrono::seconds refusals_every{30};
constexpr std::chrono::seconds refusal_told_after{60};  // a shorter one is over before anybody has read of it
// Until it was all there once: one look-up that fails costs seconds.
constexpr std::array<std::chrono::seconds, 4> directory_retries = {1s, 2s, 4s, 5s};
constexpr int expected_max = 500;  // of each kind of people whom the ledger knows
constexpr std::chrono::days seen_lately{7};
constexpr int waiting_max = 64;  // presses that wait for Slack at the same moment

Settings settings_of(const Config& config)
{
    const std::set<SlackTeamId> teams{config.slack.team_ids.begin(), config.slack.team_ids.end()};
    Settings settings{teams, config.slack.approvals, config.slack.audit};
    settings.usual_connection = config.auth0.connection;
    const RequestConfig& requests = config.requests;
    settings.fields = requests.fields;
    settings.verification = requests.verification;
    settings.limits = requests.limits;
    settings.approval = requests.approval;
    settings.approval.approvers = {config.slack.approvers.groups, config.slack.approvers.users};
    settings.approval.escalate_to = {config.slack.escalation.groups, config.slack.escalation.users};
    settings.password = requests.password;
    settings.new_accounts = requests.new_accounts;
    settings.after_change = requests.after_change;
    settings.tiers = requests.tiers;
    return settings;
}

std::vector<std::string> ids_of(const RoleHolders& holders)
{
    std::vector<std::string> ids;
    for (const SlackGroupId& group : holders.groups) ids.push_back(group.str());
    for (const SlackUserId& user : holders.users) ids.push_back(user.str());
    return ids;
}

slack::RoleSources roles_of(const SlackConfig& config)
{
    return {
        {Role::support, ids_of(config.support)},    {Role::implementation, ids_of(config.implementation)},
        {Role::approver, ids_of(config.approvers)}, {Role::escalation, ids_of(config.escalation)},
        {Role::auditor, ids_of(config.auditors)},
    };
}

// A failure is logged; no one waits for this.
asio::awaitable<void> stored(asio::awaitable<void> task)
{
    try
    {
        co_await std::move(task);
    }
    catch (const StoreUnavailable& gone)
    {
        log::error("follow_up_not_stored", {{"error", gone.what()}});
    }
}

// From what a card says the passwords of the standard format can be derived.
slack::PublicChannel if_public(const Settings& settings)
{
    const bool is_allowed = settings.approval.public_channel || !rules::uses_standard_format(settings);
    return is_allowed ? slack::PublicChannel::allowed : slack::PublicChannel::refused;
}

Auth0Settings auth0_of(Auth0Config& config)
{
    return Auth0Settings{config.domain, config.base, config.client_id, std::move(config.client_secret)};
}

}  // namespace

App::App(Machine machine, Config config)
    : machine_{std::move(machine)},
      settings_{settings_of(config)},
      clock_keeper_{
          machine_.time, machine_.newest_stored, machine_.sleeper, [this] { return ask_for_date(); },
          [this] { wake(); }},
      clock_{clock_keeper_.clock()},
      client_{machine_.client, [this](std::optional<TimePoint> date) { clock_keeper_.learn(date); }},
      vault_{config.vault_key, machine_.random},
      slack_{client_, config.slack.api, std::move(config.slack.bot_token), clock_},
      directory_{machine_.executor,
                 slack_,
                 clock_,
                 machine_.sleeper,
                 settings_.teams,
                 roles_of(config.slack),
                 settings_.approvals,
                 if_public(settings_)},
      accounts_{auth0_of(config.auth0), client_, clock_, machine_.sleeper},
      services_{machine_.store,  directory_, slack_,    accounts_,       clock_,
                machine_.random, vault_,     settings_, machine_.sleeper},
      ingress_{
          services_, clock_, config.slack.signing_secrets, config.slack.app_id,
          [this](FollowUp then) { follow(std::move(then)); }},
      runner_{
          machine_.executor, services_, machine_.sleeper, RunnerOptions{},
          [this](std::size_t in_flight) { return clock_keeper_.may_claim(in_flight); }},
      tasks_{machine_.executor}
{}

void App::start()
{
    if (settings_.approval.own_account_check == OwnAccountCheck::say) log::warn("own_accounts_may_pass_unchecked");
    tasks_.spawn("directory", keep_directory());
    tasks_.spawn("jobs", runner_.run());
    tasks_.spawn("refusals", watch_refusals());
    tasks_.spawn("clock", clock_keeper_.run());
}

asio::awaitable<http::ServerReply> App::handle(http::ServerRequest request)
{
    clock_.look();
    if (asks_for_health(request)) co_return health_reply(request, readiness());
    co_return co_await ingress_.handle(std::move(request));
}

asio::awaitable<void> App::stop(std::chrono::milliseconds patience)
{
    take_no_more();
    const SteadyTime end = clock_.steady() + patience;
    const SteadyTime giving_back = end - patience * 3 / 10;
    for (;;)
    {
        const bool is_at_rest = co_await has_come_to_rest();
        const SteadyTime now = clock_.steady();
        if (is_at_rest || now >= end) break;
        if (now >= giving_back) tasks_.interrupt();
        co_await machine_.sleeper.sleep_until(std::min(now + 50ms, end));
    }
    if (runner_.in_flight() > 0 || follow_ups_ > 0 || waiting_ > 0)
        log::warn("stop_cuts_short", {{"jobs", runner_.in_flight()}, {"windows", follow_ups_}, {"presses", waiting_}});
    abort();
    co_await join();
}

// The notes that come of waiting presses are finished, too.
asio::awaitable<bool> App::has_come_to_rest()
{
    const bool is_busy = follow_ups_ > 0 || waiting_ > 0;
    try
    {
        co_await runner_.take_notes();
    }
    catch (const StoreUnavailable& gone)
    {
        log::error("notes_not_taken", {{"error", gone.what()}});
    }
    co_return !is_busy && runner_.in_flight() == 0;
}

void App::abort()
{
    runner_.abort();
    tasks_.cancel();
    directory_.cancel();
}

asio::awaitable<void> App::join()
{
    co_await tasks_.join();
    co_await runner_.join();
    co_await directory_.join();
}

// Every answer has a date. Slack was asked as the bot began; when that brought none, Auth0 may answer, which is asked
// for what its first call needs anyway.
asio::awaitable<void> App::ask_for_date()
{
    co_await accounts_.prepare();
    if (!clock_.wants_date()) co_return;
    const auto identity = co_await slack_.auth_test();
    static_cast<void>(identity);  // what counts is the date, which a refusal has, too
}

void App::follow(FollowUp then)
{
    if (auto* waiting = std::get_if<GoOn>(&then))
    {
        if (waiting_ < waiting_max)
            tasks_.spawn("go_on", keep_waiting(std::move(*waiting)));
        else
            tasks_.spawn("turn_down", stored(actions::turn_down(services_, std::move(*waiting))));
        return;
    }
    // A hand-over is never left out: its press is committed, and the password would count as shown.
    if (follow_ups_ >= follow_ups_max && !std::holds_alternative<OpenHandover>(then))
    {
        log::warn("follow_up_dropped", {{"running", follow_ups_}});
        tasks_.spawn("follow_up", stored(effects::drop_follow_up(services_, std::move(then))));
        return;
    }
    tasks_.spawn("follow_up", perform_follow_up(std::move(then)));
}

asio::awaitable<void> App::perform_follow_up(FollowUp then)
{
    const Counted running{follow_ups_};
    auto work = effects::follow_up(services_, std::move(then));
    co_await stored(std::move(work));
}

asio::awaitable<void> App::keep_waiting(GoOn waiting)
{
    const Counted running{waiting_};
    auto work = actions::go_on(services_, std::move(waiting));
    co_await stored(std::move(work));
}

// Reads groups and people again and again: decisions look at memory only.
asio::awaitable<void> App::keep_directory()
{
    std::size_t tries = 0;
    for (;;)
    {
        const SteadyTime now = clock_.steady();
        try
        {
            co_await look_after_directory();
        }
        catch (const std::exception& mistake)
        {
            if (is_cancellation(mistake)) throw;
            log::error("directory_not_refreshed", {{"error", mistake.what()}});
        }
        std::chrono::seconds pause = directory_every;
        if (!has_begun()) pause = directory_retries[std::min(tries++, directory_retries.size() - 1)];
        co_await machine_.sleeper.sleep_until(now + pause);
    }
}

// At the start only the missing answers are asked for again and again.
asio::awaitable<void> App::look_after_directory()
{
    const bool had_begun = has_begun();
    if (!people_expected_) co_await expect_people();
    if (!introduced_)
    {
        const bool is_introduced = co_await introduce();
        introduced_ = is_introduced;
    }
    const bool is_known = directory_.has_groups() && directory_.has_channel();
    const bool is_fresh = directory_.asks_for_rights() && directory_.asks_for_channel();
    if (had_begun || !is_known || !is_fresh) co_await directory_.refresh();
}

// After a start those are asked for first whom the ledger has seen lately: who opened the Home, asked, or decided. It
// holds their ids already, and no address. Nothing but the order hangs on it.
asio::awaitable<void> App::expect_people()
{
    people_expected_ = true;
    std::vector<SlackUserId> people;
    try
    {
        const auto viewers = co_await machine_.store.viewers(expected_max);
        for (const HomeViewer& viewer : viewers) people.push_back(viewer.user);
        auto requests = co_await machine_.store.pending_requests(expected_max, 0);
        const TimePoint since = clock_.now() - seen_lately;
        const auto ended = co_await machine_.store.ended_requests(since, expected_max, 0);
        requests.insert(requests.end(), ended.begin(), ended.end());
        for (const Request& request : requests)
        {
            people.push_back(request.requester);
            if (request.decision) people.push_back(request.decision->by);
        }
    }
    catch (const StoreUnavailable& gone)
    {
        log::warn("people_not_recalled", {{"error", gone.what()}});
    }
    directory_.expect(people);
}

// Each thing that is needed was there once.
bool App::has_begun() const { return introduced_ && directory_.has_groups() && directory_.has_channel(); }

// Who we are in Slack: needed to find our own messages again.
asio::awaitable<bool> App::introduce()
{
    const auto identity = co_await slack_.auth_test();
    if (!identity)
    {
        log::error("slack_not_usable", {{"reason", identity.error().reason}});
        co_return false;
    }
    if (!settings_.teams.contains(identity->team))
        log::error("bot_token_of_other_workspace", {{"team", identity->team}});
    co_return true;
}

asio::awaitable<void> App::watch_refusals()
{
    for (;;)
    {
        const SteadyTime now = clock_.steady();
        auto telling = tell_refusals(now);
        co_await stored(std::move(telling));
        slack_.refusals().forget_lapsed(now);
        co_await machine_.sleeper.sleep_until(now + refusals_every);
    }
}

// People are told once of each thing that Slack refuses, however many jobs it stops.
asio::awaitable<void> App::tell_refusals(SteadyTime now)
{
    const auto standing = slack_.refusals().lasting(now);
    const auto name = [this](const slack::Refused& each) {
        return std::string{slack::name_of(each, settings_.approvals, settings_.audit)};
    };
    std::set<std::string> told;
    for (const slack::Refused& each : standing)
        if (each.told) told.insert(name(each));
    for (const slack::Refused& each : standing)
    {
        std::string what = name(each);
        if (each.told || what.empty() || now - each.since < refusal_told_after) continue;
        slack_.refusals().mark_told(each.whom);
        if (!told.insert(what).second) continue;
        Transaction change{clock_.now()};
        const SlackRefusal refusal{std::move(what), each.reason, change.at - (now - each.since)};
        change.jobs.push_back(rules::slack_refusal_job(refusal, change.at));
        const auto kept = co_await machine_.store.commit(std::move(change));
        if (!kept) log::warn("refusal_not_told", {{"whom", each.whom}, {"reason", kept.error().message()}});
    }
}

std::string App::refused() const
{
    for (const slack::Refused& each : slack_.refusals().lasting(clock_.steady()))
    {
        const std::string_view what = slack::name_of(each, settings_.approvals, settings_.audit);
        if (!what.empty()) return std::string{what};
    }
    return {};
}

Readiness App::readiness() const
{
    Circumstances now;
    now.store_is_healthy = machine_.store_is_healthy();
    now.clock_is_right = !clock_.is_off();
    now.jobs_move = runner_.moving();
    now.access_is_lost = directory_.access_is_lost();
    now.token_is_refused = slack_.is_token_refused();
    now.is_introduced = introduced_;
    now.has_groups = directory_.has_groups();
    now.has_asked_first = directory_.has_asked_first();
    now.asks_for_rights = directory_.asks_for_rights();
    now.asks_for_channel = directory_.asks_for_channel();
    now.channel = directory_.approvals_channel();
    now.refused = refused();
    now.auth0_answers = accounts_.answers();
    now.log_is_stuck = machine_.log_is_stuck();
    return readiness_of(now);
}

}  // namespace countersign
