#include "bot/store/sql_store.hpp"

#include "bot/audit/chain.hpp"
#include "bot/store/reader.hpp"
#include "bot/store/writer.hpp"
#include "tests/support/inline_store.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/run_coroutine.hpp"
#include "tests/support/temp_dir.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace countersign;
using namespace countersign::test;
using store::SqlStore;
using test::InlineStore;

namespace asio = boost::asio;

namespace {

std::string id_of(int number) { return "rq-" + std::to_string(number); }

Transaction numbered(int number)
{
    Transaction change = inserting(some_request(id_of(number)));
    change.audit.emplace_back("request_received", "U1", RequestId{id_of(number)});
    return change;
}

// Starts `count` commits at once and counts the answers by kind.
struct Burst
{
    int granted = 0;
    int refused = 0;
    int unavailable = 0;
    std::set<std::int64_t> sequences;

    asio::awaitable<void> one(Store& store, Transaction change)
    {
        bool gone = false;
        try
        {
            const auto receipt = co_await store.commit(std::move(change));
            receipt ? ++granted : ++refused;
            if (receipt && receipt->audit) sequences.insert(receipt->audit->sequence);
        }
        catch (const StoreUnavailable&)
        {
            gone = true;
        }
        if (gone) ++unavailable;
    }

    void start(asio::io_context& context, Store& store, Transaction change)
    {
        asio::co_spawn(context, one(store, std::move(change)), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
};

asio::awaitable<int> probe_once(SqlStore& store)
{
    co_await store.probe(noon);
    co_return 1;
}

std::vector<AuditRow> audit_of(const std::string& path)
{
    store::Writer engine{path, noon};
    return store::Reader{engine.connection()}.audit_after(0, 100'000);
}

}  // namespace

TEST_CASE("what one call commits the next one finds", "[store]")
{
    const TempDir dir;
    asio::io_context context{1};
    SqlStore store{context.get_executor(), dir.file("db"), noon};
    const RequestId id{id_of(1)};
    CHECK_FALSE(run(context, store.find_request(id)));
    const auto receipt = run(context, store.commit(numbered(1)));
    REQUIRE(receipt.has_value());
    CHECK(run(context, store.find_request(id)));
    CHECK(run(context, store.last_audit_of(id))->hash == receipt->audit->hash);
    CHECK_FALSE(run(context, store.find_post(id, PostKind::card)));
    CHECK_FALSE(run(context, store.find_credential(id)));
    CHECK(run(context, store.claim_jobs(noon, noon + std::chrono::seconds{30}, 5, {})).empty());
    CHECK(run(context, store.prune(noon, 10)) == 0);
    CHECK(run(context, probe_once(store)) == 1);
    CHECK(store.healthy());
}

TEST_CASE("as many answers come as changes wait, each its own", "[store]")
{
    constexpr int count = 500;
    const TempDir dir;
    Burst burst;
    {
        asio::io_context context{1};
        SqlStore store{context.get_executor(), dir.file("db"), noon};
        for (int i = 0; i < count; ++i)
        {
            burst.start(context, store, numbered(i));
            // Every tenth is refused, in the middle of its group.
            if (i % 10 == 0) burst.start(context, store, numbered(i));
        }
        context.run();
    }
    CHECK(burst.granted == count);
    CHECK(burst.refused == count / 10);
    CHECK(burst.unavailable == 0);
    CHECK(burst.sequences.size() == count);
    const auto rows = audit_of(dir.file("db"));
    CHECK(rows.size() == count);
    CHECK_FALSE(audit::verify(rows));
}

TEST_CASE("past 1,024 waiting calls the store sheds, and answers the others", "[store]")
{
    constexpr int count = 6000;
    const TempDir dir;
    asio::io_context context{1};
    SqlStore store{context.get_executor(), dir.file("db"), noon};
    Burst burst;
    for (int i = 0; i < count; ++i) burst.start(context, store, numbered(i));
    context.run();
    CHECK(burst.granted + burst.unavailable == count);
    CHECK(burst.granted >= 1024);
    CHECK(store.healthy());
}

TEST_CASE("jobs are announced after the commit that added them, and only then", "[store]")
{
    const TempDir dir;
    asio::io_context context{1};
    SqlStore store{context.get_executor(), dir.file("db"), noon};
    int announced = 0;
    store.on_jobs([&announced] { ++announced; });
    REQUIRE(run(context, store.commit(numbered(1))).has_value());
    context.restart();
    context.poll();
    CHECK(announced == 0);
    // Refused, so that its job was not added.
    Transaction refused = numbered(1);
    refused.jobs.emplace_back("a", "lane", noon);
    REQUIRE_FALSE(run(context, store.commit(std::move(refused))).has_value());
    REQUIRE(run(context, store.commit(adding(NewJob{"a", "lane", noon}))).has_value());
    // The writer announces after it has answered: the next answer stands behind the announcement.
    REQUIRE(run(context, store.commit(numbered(2))).has_value());
    CHECK(announced == 1);
    CHECK(run(context, store.claim_jobs(noon, noon + std::chrono::seconds{30}, 5, {})).size() == 1);
}

TEST_CASE("a store that ends answers everything that was called", "[store]")
{
    const TempDir dir;
    asio::io_context context{1};
    Burst burst;
    {
        SqlStore store{context.get_executor(), dir.file("db"), noon};
        for (int i = 0; i < 200; ++i) burst.start(context, store, numbered(i));
        context.poll();
    }
    context.restart();
    context.run();
    CHECK(burst.granted == 200);
}

TEST_CASE("answers that nobody fetches any more do no harm", "[store]")
{
    const TempDir dir;
    Burst burst;
    {
        asio::io_context context{1};
        SqlStore store{context.get_executor(), dir.file("db"), noon};
        for (int i = 0; i < 200; ++i) burst.start(context, store, numbered(i));
        context.poll_one();
        context.poll_one();
    }
    CHECK(burst.granted <= 2);
}

TEST_CASE("a cancelled call is made all the same, and the cancel takes effect after it", "[store]")
{
    const TempDir dir;
    asio::io_context context{1};
    SqlStore store{context.get_executor(), dir.file("db"), noon};
    int committed = 0;
    int cancelled = 0;
    auto work = [](Store& ledger, int number, int& done) -> asio::awaitable<void> {
        const auto receipt = co_await ledger.commit(numbered(number));
        if (receipt) ++done;
        co_await asio::post(asio::use_awaitable);
        done += 1000;
    };
    std::vector<asio::cancellation_signal> signals(50);
    for (int i = 0; i < 50; ++i)
    {
        auto ended = [&cancelled](std::exception_ptr failure) {
            if (failure) ++cancelled;
        };
        asio::co_spawn(
            context, work(store, i, committed),
            asio::bind_cancellation_slot(signals[static_cast<std::size_t>(i)].slot(), std::move(ended)));
    }
    context.poll();
    for (auto& signal : signals) signal.emit(asio::cancellation_type::terminal);
    context.restart();
    context.run();
    CHECK(committed % 1000 == 50);
    CHECK(cancelled + committed / 1000 == 50);
    CHECK(run(context, store.find_request(RequestId{id_of(49)})));
}

TEST_CASE("the inline store does the same in the calling thread", "[store]")
{
    asio::io_context context{1};
    InlineStore store{":memory:", noon};
    int announced = 0;
    store.on_jobs([&announced] { ++announced; });
    const RequestId id{id_of(1)};
    REQUIRE(run(context, store.commit(numbered(1))).has_value());
    CHECK(announced == 0);
    CHECK(run(context, store.find_request(id)));
    CHECK(run(context, store.last_audit_of(id))->sequence == 1);
    CHECK_FALSE(run(context, store.find_post(id, PostKind::card)));
    CHECK_FALSE(run(context, store.find_credential(id)));
    REQUIRE(run(context, store.commit(adding(NewJob{"a", "lane", noon}))).has_value());
    CHECK(announced == 1);
    CHECK(store.next_job_due() == noon);
    CHECK(run(context, store.claim_jobs(noon, noon + std::chrono::seconds{30}, 5, {})).size() == 1);
    Transaction refused = numbered(1);
    refused.jobs.emplace_back("b", "other", noon);
    CHECK(run(context, store.commit(std::move(refused))).error() == Errc::duplicate);
    CHECK(announced == 1);
    CHECK(store.healthy());
}

TEST_CASE("a change that nobody may make does not reach the database", "[store]")
{
    asio::io_context context{1};
    InlineStore store{":memory:", noon};
    Transaction change{noon};
    change.credential_step = CredentialStep::destroy;
    CHECK_THROWS_AS(run(context, store.commit(std::move(change))), std::invalid_argument);
}
