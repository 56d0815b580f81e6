#pragma once

#include "bot/store/database_file.hpp"
#include "handlers/ports/store.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace countersign::store {

class Connection;

// The writing half of the ledger, synchronous, on one connection. For one thread, except healthy().
//
// Every function is one transaction, durable when it returns. Throws StoreUnavailable when nothing was written. After
// an I/O error or on a corrupt file that stays so until a restart. A full disk, want of memory or a foreign lock may
// pass: the transaction was rolled back, and the next call tries again.
class Writer
{
public:
    // Opens, or creates, the database file; ":memory:" for one that lives as long as the engine. Takes the lock, checks
    // settings and file, migrates, and makes the jobs of a predecessor that died ready again. Throws StartRefused.
    Writer(const std::string& path, TimePoint now);
    ~Writer();

    // One transaction for all changes, each in a savepoint: one that is refused leaves no trace and does not touch the
    // others. The answers stand in the order of the changes. Order within a change: job fence, replay mark, request,
    // credential, post, audit rows, new jobs. Beside the codes of Transaction, Errc::duplicate: a credential is there
    // already (one password per request for ever); Errc::not_found: a row refers to a request that is not there.
    std::vector<Result<Receipt>> apply(std::span<const Transaction> changes);

    // Store::claim_jobs
    std::vector<Job> claim(TimePoint now, TimePoint lease_until, int limit, const JobKinds& kinds = {});

    // Deletes at most `limit` jobs that ended 7 days ago or earlier, and as many replay marks that have expired.
    // Returns how many there were, of the more numerous.
    int prune(TimePoint now, int limit);

    // When it was last written to before it was opened, by the clock of that time; absent: never.
    std::optional<TimePoint> newest_stamp() const noexcept { return newest_stamp_; }

    // Overwrites one row, to see whether the database can be written.
    void probe(TimePoint now);

    // Copies the write-ahead log into the database and empties it, so that deleted rows (sealed passwords above all) do
    // not linger there. False: a reader was in the way; try again later.
    bool checkpoint();

    bool healthy() const noexcept;

    Connection& connection() noexcept { return *connection_; }

private:
    std::optional<DatabaseFile> file_;
    std::unique_ptr<Connection> connection_;
    AuditMark head_;
    std::optional<TimePoint> newest_stamp_;
};

}  // namespace countersign::store
