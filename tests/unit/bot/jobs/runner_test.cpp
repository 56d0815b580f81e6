// The loop that takes due jobs, on virtual time.
#include "bot/jobs/runner.hpp"

#include "bot/crypto/vault.hpp"
#include "bot/store/database.hpp"
#include "handlers/rules/jobs.hpp"
#include "tests/scenario/fragile_store.hpp"
#include "tests/support/inline_store.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/virtual_time.hpp"
#include "tests/unit/handlers/effects/outside.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <stdexcept>
#include <tuple>

using namespace countersign;
using namespace countersign::rules;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

const TimePoint noon = *from_iso8601("2026-11-23T12:00:00Z");

// Sessions end after as long a time as a test says.
class SlowAccounts final : public FakeAccounts
{
public:
    explicit SlowAccounts(VirtualTime& time_) : time{time_} {}

    VirtualTime& time;
    Milliseconds takes{0};
    int at_once = 0;
    int at_once_max = 0;
    std::vector<TimePoint> started;

    asio::awaitable<Outcome<void>> end_sessions(Auth0UserId, RequestId) override
    {
        started.push_back(time.now());
        at_once_max = std::max(at_once_max, ++at_once);
        if (takes > 0ms) co_await time.sleep_until(time.steady() + takes);
        --at_once;
        co_return Outcome<void>{};
    }
};

// A process that does nothing but its jobs. The ledger wakes nobody.
struct Process
{
    Process() : Process{RunnerOptions{}} {}
    explicit Process(RunnerOptions options)
        : runner{context.get_executor(), services, time, options, [this](std::size_t in_flight) {
                     asked_with.push_back(in_flight);
                     return may_claim;
                 }}
    {}

    // Nothing of the loop outlives what it looks at.
    ~Process()
    {
        store.broken = true;
        runner.abort();
        for (int turns = 0; turns < 1000 && started && !ended; ++turns)
        {
            poll();
            if (const auto next = time.next(); next && !ended) time.advance_to(*next);
        }
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    asio::io_context context{1};
    VirtualTime time{context, noon};
    SeededRandom random{1};
    FileVault vault{Secret{"0123456789abcdef0123456789abcdef"}, random};
    test::InlineStore ledger{":memory:", noon};
    FragileStore store{ledger};
    FakeDirectory directory;
    FakeSlack slack;
    SlowAccounts accounts{time};
    Settings settings{{SlackTeamId{"T1"}}, ChannelId{"C1"}, ChannelId{"C2"}};
    Services services{store, directory, slack, accounts, time, random, vault, settings, time};
    bool may_claim = true;
    std::vector<std::size_t> asked_with;  // jobs in flight, each time
    Runner runner;
    bool started = false;
    bool ended = false;

    // A step of a change, in a lane of its own.
    void add(int number, TimePoint due = noon)
    {
        Request request{
            RequestId{"cs-" + std::to_string(number)}, SlackUserId{"U1"}, Email{"a@acme.example"}, std::nullopt, noon};
        request.state = State::changed;
        request.account.emplace(Auth0UserId{"auth0|" + std::to_string(number)});
        request.intent.emplace();
        request.after_change["end_sessions"] = AfterChange::waiting;
        Transaction change{noon};
        change.jobs.push_back(request_job(after_change::end_sessions, request.id, due));
        change.insert.emplace(std::move(request));
        if (!ledger.engine().apply({&change, 1}).front()) throw std::runtime_error{"not added"};
    }
    void start()
    {
        started = true;
        asio::co_spawn(context, runner.run(), [this](std::exception_ptr) { ended = true; });
        poll();
    }
    void poll()
    {
        context.restart();
        context.poll();
    }
    SteadyTime at(TimePoint date) const { return time.steady() + (date - time.now()); }
    void run_until(TimePoint date)
    {
        const SteadyTime until = at(date);
        for (;;)
        {
            poll();
            const auto next = time.next();
            if (!next || *next > until) break;
            time.advance_to(*next);
        }
        time.advance_to(until);
        poll();
    }
    std::int64_t count(const std::string& state)
    {
        using Row = std::tuple<std::int64_t>;
        const char* query = "SELECT COUNT(*) FROM job WHERE kind = 'end_sessions' AND state = $1";
        return std::get<0>(*ledger.engine().connection().query_one<Row>(query, state));
    }
};

RunnerOptions two_at_once()
{
    RunnerOptions options;
    options.places_max = 2;
    return options;
}

}  // namespace

TEST_CASE("no more jobs run at once than there are places, and the rest follow as places come free", "[jobs]")
{
    Process process{two_at_once()};
    process.accounts.takes = 10s;
    for (int i = 0; i < 5; ++i) process.add(i);
    process.start();
    CHECK(process.runner.in_flight() == 2);
    CHECK(process.count("leased") == 2);
    CHECK(process.count("ready") == 3);
    process.run_until(noon + 29s);
    CHECK(process.accounts.at_once_max == 2);
    CHECK(process.count("done") == 4);
    process.run_until(noon + 31s);
    CHECK(process.count("done") == 5);
    CHECK(process.runner.in_flight() == 0);
    // A place that comes free is taken at once.
    REQUIRE(process.accounts.started.size() == 5);
    CHECK(process.accounts.started[2] == noon + 10s);
    CHECK(process.accounts.started[4] == noon + 20s);
}

TEST_CASE("a job is leased for ten minutes, longer than any effect takes", "[jobs]")
{
    Process process;
    process.accounts.takes = 10s;
    process.add(1);
    process.start();
    using Row = std::tuple<std::int64_t>;
    const auto lease =
        process.ledger.engine().connection().query_one<Row>("SELECT lease_until FROM job WHERE state = 'leased'");
    REQUIRE(lease);
    CHECK(from_unix_ms(std::get<0>(*lease)) == noon + 600s);
}

TEST_CASE("a job that is due begins within half a second without a bell, and at once with one", "[jobs]")
{
    Process process;
    process.start();
    process.run_until(noon + 100ms);
    process.add(1);
    const bool rings = GENERATE(true, false);
    if (rings) process.runner.wake();
    process.poll();
    CHECK(process.accounts.started.size() == (rings ? 1 : 0));
    process.run_until(noon + 500ms);
    REQUIRE(process.accounts.started.size() == 1);
    CHECK(process.accounts.started.front() == (rings ? noon + 100ms : noon + 500ms));
}

TEST_CASE("while none may be claimed no job begins, and the loop moves on", "[jobs]")
{
    Process process;
    process.accounts.takes = 1h;
    process.add(1);
    process.start();
    process.add(2);
    process.may_claim = false;
    process.run_until(noon + 60s);
    CHECK(process.accounts.started.size() == 1);
    CHECK(process.asked_with.front() == 0);
    CHECK(process.asked_with.back() == 1);
    CHECK(process.runner.moving());
    process.may_claim = true;
    process.run_until(noon + 61s);
    CHECK(process.accounts.started.size() == 2);
}

TEST_CASE("a job does not begin before it is due", "[jobs]")
{
    Process process;
    process.add(1, noon + 700ms);
    process.start();
    process.run_until(noon + 999ms);
    CHECK(process.accounts.started.empty());
    process.run_until(noon + 1s);
    CHECK(process.accounts.started.size() == 1);
}

TEST_CASE("a runner that is stopped takes no more, and ends with what is in flight", "[jobs]")
{
    Process process{two_at_once()};
    process.accounts.takes = 10s;
    for (int i = 0; i < 3; ++i) process.add(i);
    process.start();
    process.runner.stop();
    process.poll();
    CHECK_FALSE(process.ended);
    CHECK(process.runner.in_flight() == 2);
    process.run_until(noon + 10s);
    CHECK(process.ended);
    CHECK(process.count("done") == 2);
    CHECK(process.count("ready") == 1);
    CHECK(process.accounts.started.size() == 2);
}

TEST_CASE("a runner that is aborted ends at once, and what was in flight did not happen", "[jobs]")
{
    Process process;
    process.accounts.takes = 10s;
    process.add(1);
    process.start();
    process.runner.abort();
    process.poll();
    CHECK(process.ended);
    CHECK(process.runner.in_flight() == 0);
    CHECK(process.time.now() == noon);
    CHECK(process.count("leased") == 1);
    CHECK(process.ledger.reads().request(RequestId{"cs-1"})->after_change.at("end_sessions") == AfterChange::waiting);
}

TEST_CASE("jobs whose outcome could not be stored begin again within ten seconds of the store's return", "[jobs]")
{
    Process process;
    process.accounts.takes = 1s;
    const Milliseconds outage = GENERATE(Milliseconds{10s}, Milliseconds{200s}, Milliseconds{1h});
    for (int number = 1; number <= 3; ++number) process.add(number);
    process.start();
    process.store.broken = true;
    process.run_until(noon + outage);
    CHECK(process.accounts.started.size() == 3);  // nothing is done twice meanwhile
    process.store.broken = false;
    // Not at once: what makes the store fail must not do so without a pause.
    process.run_until(noon + outage + 4s);
    CHECK(process.accounts.started.size() == 3);
    process.run_until(noon + outage + 10s);
    CHECK(process.accounts.started.size() == 6);
    CHECK(process.count("done") == 3);
}

TEST_CASE("a job whose lease has ended meanwhile is left to whoever has it now", "[jobs]")
{
    Process process;
    process.accounts.takes = 1s;
    process.add(1);
    process.start();
    process.store.broken = true;
    process.run_until(noon + 10s);
    // Another worker has taken it.
    process.ledger.engine().connection().exec("UPDATE job SET epoch = epoch + 1 WHERE kind = 'end_sessions'");
    process.store.broken = false;
    process.run_until(noon + 20s);
    CHECK(process.accounts.started.size() == 1);
    CHECK(process.count("leased") == 1);
}

TEST_CASE(
    "a store that is out of order, or a mistake of ours, is met again each half second, and does not spin the loop",
    "[jobs]")
{
    Process process;
    int claims = 0;
    const bool is_mistake = GENERATE(true, false);
    process.store.broken = true;
    process.store.on_claim = [&] {
        ++claims;
        if (claims > 1000) return;  // it spins
        process.runner.wake();
        if (is_mistake) throw std::logic_error{"a row that cannot be read"};
    };
    process.add(1);
    process.start();
    CHECK(claims == 1);
    process.run_until(noon + 5s);
    CHECK(claims == 11);
    process.store.broken = false;
    process.store.on_claim = [] {};
    process.run_until(noon + 6s);
    CHECK(process.count("done") == 1);
}

TEST_CASE("a bell that rings while jobs are being taken is heard", "[jobs]")
{
    Process process;
    int claims = 0;
    process.store.on_claim = [&] {
        if (++claims == 1) process.runner.wake();
    };
    process.start();
    CHECK(claims == 2);
    CHECK(process.time.now() == noon);
}

TEST_CASE("jobs that cannot be read do not stop the loop", "[jobs]")
{
    Process process;
    int claims = 0;
    process.store.on_claim = [&claims] {
        if (++claims < 3) throw std::logic_error{"a mistake of ours"};
    };
    process.add(1);
    process.start();
    CHECK(process.accounts.started.empty());
    process.run_until(noon + 2s);
    CHECK_FALSE(process.ended);
    CHECK(process.count("done") == 1);
}

TEST_CASE("jobs that hold all places of their class hold up no other class, and unknown kinds none", "[jobs]")
{
    Process process;
    process.accounts.takes = 60s;
    for (int i = 0; i < 20; ++i) process.add(i);
    process.start();
    const auto places = process.runner.in_flight();
    CHECK(places < 20);
    process.run_until(noon + 1s);
    for (const std::string_view kind :
         {job_kind::note, job_kind::freeze_notice, std::string_view{"of_a_newer_version"}})
    {
        Transaction change{process.time.now()};
        change.jobs.emplace_back(std::string{kind}, std::string{kind}, change.at);
        REQUIRE(process.ledger.engine().apply({&change, 1}).front().has_value());
    }
    process.runner.wake();
    process.poll();
    // None of them can be read: they end as dead letters, at once.
    using Row = std::tuple<std::int64_t>;
    const char* ended = "SELECT COUNT(*) FROM job WHERE state = 'dead'";
    CHECK(process.ledger.engine().connection().query_one<Row>(ended) == Row{3});
    CHECK(process.runner.in_flight() == places);
}

TEST_CASE("a runner that is stopped takes the notes that are due, and nothing else", "[jobs]")
{
    Process process;
    process.start();
    process.runner.stop();
    process.poll();
    for (const std::string_view kind : {job_kind::note, job_kind::card})
    {
        Transaction change{noon};
        change.jobs.emplace_back(std::string{kind}, std::string{kind}, change.at);
        REQUIRE(process.ledger.engine().apply({&change, 1}).front().has_value());
    }
    asio::co_spawn(process.context, process.runner.take_notes(), [](std::exception_ptr failure) { CHECK(!failure); });
    process.poll();
    using Row = std::tuple<std::string>;
    const auto left = process.ledger.engine().connection().query<Row>("SELECT kind FROM job WHERE state = 'ready'");
    CHECK(left == std::vector<Row>{Row{"card"}});
}

TEST_CASE("a loop that has not turned for ten seconds is not moving", "[jobs]")
{
    Process process;
    CHECK_FALSE(process.runner.moving());
    process.start();
    CHECK(process.runner.moving());
    process.run_until(noon + 1h);
    CHECK(process.runner.moving());
    process.runner.stop();
    process.poll();
    REQUIRE(process.ended);
    process.time.advance(9s);
    CHECK(process.runner.moving());
    process.time.advance(1s);
    CHECK_FALSE(process.runner.moving());
}

TEST_CASE("a runner whose places are all taken is moving all the same", "[jobs]")
{
    Process process{two_at_once()};
    process.accounts.takes = 60s;
    for (int i = 0; i < 2; ++i) process.add(i);
    process.start();
    process.run_until(noon + 30s);
    CHECK(process.runner.in_flight() == 2);
    CHECK(process.runner.moving());
}
