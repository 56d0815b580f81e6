#include "bot/store/writer.hpp"

#include "bot/audit/chain.hpp"
#include "bot/store/database.hpp"
#include "bot/store/migrations.hpp"
#include "bot/store/sql.hpp"
#include "bot/store/transaction_writer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <tuple>

namespace countersign::store {

namespace {

constexpr std::chrono::days finished_jobs_kept{7};

AuditMark stored_head(Connection& connection)
{
    const auto row = connection.query_one<std::tuple<std::int64_t, std::string>>(sql::audit_head);
    if (!row) return audit::genesis();
    AuditMark head;
    std::tie(head.sequence, head.hash) = *row;
    return head;
}

std::optional<TimePoint> stored_stamp(Connection& connection)
{
    const auto row = connection.query_one<std::tuple<std::optional<std::int64_t>>>(sql::newest_stamp);
    const auto at = row ? std::get<0>(*row) : std::nullopt;
    if (!at) return std::nullopt;
    return from_unix_ms(*at);
}

std::string word_of(JobKinds::Are are)
{
    switch (are)
    {
    case JobKinds::Are::any: return "any";
    case JobKinds::Are::these: return "these";
    case JobKinds::Are::others: return "others";
    }
    return "any";
}

// As SQL's json_each reads it.
std::string list_of(const std::vector<std::string>& kinds)
{
    boost::json::array list;
    for (const std::string& kind : kinds) list.emplace_back(boost::json::string_view{kind});
    return boost::json::serialize(list);
}

// As long as this lives, a lock that another connection holds is an error at once.
class WithoutWaiting
{
public:
    explicit WithoutWaiting(Connection& connection) : connection_{connection} { connection_.wait_for_locks(false); }
    ~WithoutWaiting() { connection_.wait_for_locks(true); }
    WithoutWaiting(const WithoutWaiting&) = delete;
    WithoutWaiting& operator=(const WithoutWaiting&) = delete;

private:
    Connection& connection_;
};

// Applies a change, or leaves everything, `head` included, as it was.
Result<Receipt> apply_in_savepoint(Connection& connection, const Transaction& change, AuditMark& head)
{
    connection.exec("SAVEPOINT change");
    AuditMark moved = head;
    const Result<Receipt> receipt = apply_transaction(connection, change, moved);
    if (receipt)
        head = moved;
    else
        connection.exec("ROLLBACK TO SAVEPOINT change");
    connection.exec("RELEASE SAVEPOINT change");
    return receipt;
}

}  // namespace

Writer::Writer(const std::string& path, TimePoint now)
{
    if (path != ":memory:") file_.emplace(path);
    connection_ = std::make_unique<Connection>(path, Connection::Use::write);
    migrate(*connection_, migrations(), now);
    head_ = stored_head(*connection_);
    newest_stamp_ = stored_stamp(*connection_);
    // No other process can hold a lease: this one has the lock. Epochs rise at the next claim.
    connection_->exec(sql::release_leases);
}

Writer::~Writer() = default;

std::vector<Result<Receipt>> Writer::apply(std::span<const Transaction> changes)
{
    std::vector<Result<Receipt>> receipts;
    receipts.reserve(changes.size());
    AuditMark head = head_;

    SqlTransaction transaction{*connection_};
    for (const Transaction& change : changes) receipts.push_back(apply_in_savepoint(*connection_, change, head));
    transaction.commit();
    head_ = head;
    return receipts;
}

std::vector<Job> Writer::claim(TimePoint now, TimePoint lease_until, int limit, const JobKinds& kinds)
{
    using Row = std::tuple<
        std::int64_t, std::string, std::string, std::optional<std::string>, std::string, std::int64_t, std::int64_t,
        std::int64_t>;
    const std::string are = word_of(kinds.are);
    const std::string list = list_of(kinds.kinds);
    const auto due = connection_->query_one<std::tuple<std::int64_t>>(sql::any_job_due, to_unix_ms(now), are, list);
    if (!due) return {};
    SqlTransaction transaction{*connection_};
    const auto rows =
        connection_->query<Row>(sql::claim_jobs, to_unix_ms(lease_until), to_unix_ms(now), are, list, limit);
    transaction.commit();

    std::vector<Job> jobs;
    for (const auto& [id, kind, lane, request, payload, attempts, epoch, created_at] : rows)
    {
        Job& job = jobs.emplace_back();
        job.id = id;
        job.kind = kind;
        job.lane = lane;
        if (request) job.request = RequestId{*request};
        job.payload = payload;
        job.attempts = static_cast<int>(attempts);
        job.epoch = epoch;
        job.created_at = from_unix_ms(created_at);
    }
    // RETURNING promises no order.
    std::sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.id < b.id; });
    return jobs;
}

int Writer::prune(TimePoint now, int limit)
{
    SqlTransaction transaction{*connection_};
    const auto jobs = connection_->exec(sql::prune_jobs, to_unix_ms(now - finished_jobs_kept), limit);
    const auto marks = connection_->exec(sql::delete_expired_replays, to_unix_ms(now), limit);
    transaction.commit();
    return static_cast<int>(std::max(jobs, marks));
}

void Writer::probe(TimePoint now)
{
    SqlTransaction transaction{*connection_};
    connection_->exec(sql::write_probe, to_unix_ms(now));
    transaction.commit();
}

bool Writer::checkpoint()
{
    using Row = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // blocked, frames, frames copied
    const WithoutWaiting without_waiting{*connection_};
    const auto outcome = connection_->query_one<Row>("PRAGMA wal_checkpoint(TRUNCATE)");
    return outcome && std::get<0>(*outcome) == 0;
}

bool Writer::healthy() const noexcept { return connection_->health() == Health::good; }

}  // namespace countersign::store
