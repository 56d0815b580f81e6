#include "bot/app/upkeep.hpp"

#include "handlers/core/error.hpp"
#include "tests/support/log_capture.hpp"
#include "tests/support/virtual_time.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <exception>
#include <set>
#include <vector>

using namespace countersign;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

const TimePoint start{Milliseconds{1'800'000'000'000}};

// Notes when it was asked for what, in seconds since the start; fails as it is told.
class NotingStore final : public store::KeptStore
{
public:
    explicit NotingStore(test::VirtualTime& time) : clock_{time}, time_{time} {}

    asio::awaitable<void> probe(TimePoint now) override
    {
        CHECK(now == clock_.now());
        probes.push_back(second());
        if (hangs) co_await time_.sleep_until(SteadyTime::max());
        if (fails(refuses_writes)) throw StoreUnavailable{"no space"};
        co_return;
    }
    asio::awaitable<int> prune(TimePoint now, int limit) override
    {
        CHECK(now == clock_.now());
        prunes.push_back(second());
        limits.insert(limit);
        co_return second() < more_until ? limit : 0;
    }
    asio::awaitable<store::Checkpoint> checkpoint() override
    {
        checkpoints.push_back(second());
        if (fails(refuses_checkpoints)) throw StoreUnavailable{"busy"};
        const bool is_empty = !fails(is_read);
        const std::uint64_t log_bytes = second() < grown_from ? 1'000 : 10'000;
        co_return store::Checkpoint{is_empty, is_empty ? 0 : log_bytes};
    }
    bool healthy() const noexcept override { return !fails(is_ill); }

    // From this second on, before that.
    struct Span
    {
        long from = 0, to = 0;
    };
    Span refuses_writes, refuses_checkpoints, is_ill, is_read;
    long grown_from = 1'000;  // from this second on the log is ten times as large
    bool hangs = false;
    std::vector<long> probes, prunes, checkpoints;
    std::set<int> limits;
    long more_until = 0;  // before that there is more to delete than may be at once

private:
    long second() const { return static_cast<long>((clock_.now() - start) / 1s); }
    bool fails(const Span& span) const { return second() >= span.from && second() < span.to; }

    const Clock& clock_;
    test::VirtualTime& time_;
};

// An upkeep on virtual time.
class Kept
{
public:
    // Runs it from the start until `end`, and cancels it.
    void run(std::chrono::seconds end)
    {
        asio::cancellation_signal cancel;
        bool over = false;
        auto on_end = [&over](std::exception_ptr) { over = true; };
        asio::co_spawn(context, upkeep.run(), asio::bind_cancellation_slot(cancel.slot(), std::move(on_end)));
        context.poll();
        for (auto next = time.next(); next && *next <= test::VirtualTime::began + end; next = time.next())
        {
            time.advance_to(*next);
            context.restart();
            context.poll();
        }
        CHECK_FALSE(over);
        cancel.emit(asio::cancellation_type::terminal);
        context.restart();
        context.poll();
        CHECK(over);
    }

    asio::io_context context{1};
    test::VirtualTime time{context, start};
    NotingStore store{time};
    std::vector<long> losses;
    long no_pruning_before = 0;
    Upkeep upkeep{
        store,
        time,
        time,
        UpkeepOptions{},
        [this] { return second() >= no_pruning_before; },
        [this] { losses.push_back(second()); }};

private:
    long second() const { return static_cast<long>((time.now() - start) / 1s); }
};

}  // namespace

TEST_CASE("a store is probed at the start and every ten seconds", "[upkeep]")
{
    Kept kept;
    kept.run(35s);
    CHECK(kept.store.probes == std::vector<long>{0, 10, 20, 30});
}

TEST_CASE("old jobs are deleted at the start and every ten minutes, 500 at a time", "[upkeep]")
{
    Kept kept;
    kept.run(1'250s);
    CHECK(kept.store.prunes == std::vector<long>{0, 600, 1'200});
    CHECK(kept.store.limits == std::set<int>{500});
}

TEST_CASE("what is too much to be deleted at once is deleted ten seconds later", "[upkeep]")
{
    Kept kept;
    kept.store.more_until = 25;
    kept.run(700s);
    CHECK(kept.store.prunes == std::vector<long>{0, 10, 20, 30, 630});
}

TEST_CASE("while the date is not confirmed nothing is deleted, and soon after it is", "[upkeep]")
{
    Kept kept;
    kept.no_pruning_before = 45;
    kept.run(100s);
    CHECK(kept.store.prunes == std::vector<long>{50});
    CHECK(kept.store.checkpoints == std::vector<long>{60});
}

TEST_CASE("the write-ahead log is emptied every minute", "[upkeep]")
{
    Kept kept;
    kept.run(185s);
    CHECK(kept.store.checkpoints == std::vector<long>{60, 120, 180});
}

TEST_CASE("a store that failed six times in a row is lost, which is said once", "[upkeep]")
{
    Kept kept;
    SECTION("because it cannot be written") { kept.store.refuses_writes = {20, 1'000}; }
    SECTION("because it is not healthy although a row was written") { kept.store.is_ill = {20, 1'000}; }
    kept.run(300s);
    CHECK(kept.losses == std::vector<long>{70});
}

TEST_CASE("a store that can be written again in time is not lost, and its failures are forgotten", "[upkeep]")
{
    Kept kept;
    SECTION("it could not be written") { kept.store.refuses_writes = {20, 70}; }
    SECTION("it was not healthy") { kept.store.is_ill = {20, 70}; }
    kept.run(100s);
    CHECK(kept.losses.empty());

    kept.store.refuses_writes = {200, 250};
    kept.run(300s);
    CHECK(kept.losses.empty());
}

TEST_CASE(
    "a write-ahead log that could not be emptied is emptied ten seconds later, and the store is not lost", "[upkeep]")
{
    Kept kept;
    kept.store.refuses_checkpoints = {60, 130};
    kept.run(200s);
    CHECK(kept.store.checkpoints == std::vector<long>{60, 70, 80, 90, 100, 110, 120, 130, 190});
    CHECK(kept.losses.empty());
}

TEST_CASE("while a store cannot be written nothing is deleted and nothing is emptied", "[upkeep]")
{
    Kept kept;
    kept.store.refuses_writes = {0, 30};
    kept.run(35s);
    CHECK(kept.store.prunes == std::vector<long>{30});
    CHECK(kept.store.checkpoints.empty());
}

TEST_CASE("what somebody is reading for a moment is emptied soon after, and nothing is said", "[upkeep]")
{
    const test::LogCapture log;
    Kept kept;
    kept.store.is_read = {60, 63};
    kept.run(130s);
    // Each half second, and a minute after it was emptied.
    CHECK(kept.store.checkpoints == std::vector<long>{60, 60, 61, 61, 62, 62, 63, 123});
    CHECK_FALSE(kept.upkeep.log_is_stuck());
    CHECK(log.count("write_ahead_log") == 0);
}

TEST_CASE("a log that is kept from being emptied is told once, at ten times the size, and at the end", "[upkeep]")
{
    const test::LogCapture log;
    Kept kept;
    kept.store.is_read = {60, 200};
    const auto told = [&log] { return log.count(R"("level":"error","event":"write_ahead_log_stuck")"); };
    SECTION("not before ten seconds")
    {
        kept.run(69s);
        CHECK(told() == 0);
        CHECK_FALSE(kept.upkeep.log_is_stuck());
    }
    SECTION("once, with its size and since when, and from then on it is tried with each probe")
    {
        kept.run(105s);
        CHECK(told() == 1);
        CHECK(log.count(R"("bytes":"1000","since":"2027-01-15T08:01:00.000Z")") == 1);
        CHECK(kept.upkeep.log_is_stuck());
        CHECK(kept.store.checkpoints.size() == 24);
        CHECK(kept.losses.empty());
    }
    SECTION("again when it has grown tenfold")
    {
        kept.store.grown_from = 120;
        kept.run(195s);
        CHECK(told() == 2);
        CHECK(log.count(R"("bytes":"10000")") == 1);
    }
    SECTION("and that it is over")
    {
        kept.run(300s);
        CHECK(told() == 1);
        CHECK(log.count(R"("level":"info","event":"write_ahead_log_emptied","kept_ms":"140000")") == 1);
        CHECK_FALSE(kept.upkeep.log_is_stuck());
    }
}

TEST_CASE("an upkeep that is cancelled while it waits for the store says nothing untrue", "[upkeep]")
{
    const test::LogCapture log;
    Kept kept;
    kept.store.hangs = true;
    kept.run(5s);
    CHECK(log.count("error") == 0);
}
