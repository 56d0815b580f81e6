#include "tests/support/inline_store.hpp"

#include "bot/store/database.hpp"
#include "bot/store/transaction_writer.hpp"

#include <algorithm>
#include <tuple>

namespace countersign::test {

namespace asio = boost::asio;

namespace {

// Jobs behind an older one of their lane do not count: nothing can be done about them at that time.
constexpr const char* next_due_text = R"(
SELECT
    (SELECT ready.due_at FROM job AS ready
     WHERE ready.state = 'ready' AND NOT EXISTS (
        SELECT 1 FROM job AS older
        WHERE older.lane = ready.lane AND older.id < ready.id AND older.state IN ('ready', 'leased'))
     ORDER BY ready.due_at LIMIT 1),
    (SELECT lease_until FROM job WHERE state = 'leased' ORDER BY lease_until LIMIT 1))";

}  // namespace

InlineStore::InlineStore(const std::string& path, TimePoint now) : engine_{path, now}, reads_{engine_.connection()} {}

asio::awaitable<Result<Receipt>> InlineStore::commit(Transaction change)
{
    store::check(change);
    auto receipts = engine_.apply({&change, 1});
    if (receipts.front() && !change.jobs.empty() && on_jobs_) on_jobs_();
    co_return std::move(receipts.front());
}

asio::awaitable<void> InlineStore::read(std::function<void(store::Reader&)> work)
{
    work(reads_);
    co_return;
}

asio::awaitable<void> InlineStore::write(std::function<void(store::Writer&)> work)
{
    work(engine_);
    co_return;
}

std::optional<TimePoint> InlineStore::next_job_due()
{
    using Row = std::tuple<std::optional<std::int64_t>, std::optional<std::int64_t>>;
    const auto row = engine_.connection().query_one<Row>(next_due_text);
    if (!row) return std::nullopt;
    const auto [due, lease_end] = *row;
    if (due && lease_end) return from_unix_ms(std::min(*due, *lease_end));
    if (due || lease_end) return from_unix_ms(due ? *due : *lease_end);
    return std::nullopt;
}

}  // namespace countersign::test
