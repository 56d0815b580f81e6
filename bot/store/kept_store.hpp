#pragma once

#include "handlers/core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>

namespace countersign::store {

// The write-ahead log after a checkpoint.
struct Checkpoint
{
    bool is_empty = false;        // false: a reader was in the way
    std::uint64_t log_bytes = 0;  // its size
};

// The upkeep that a store needs while the bot runs; see bot/app/upkeep.hpp.
class KeptStore
{
public:
    virtual ~KeptStore() = default;

    // Writes one row, durably; throws StoreUnavailable when that is not possible.
    virtual boost::asio::awaitable<void> probe(TimePoint now) = 0;
    // Deletes jobs that ended over 7 days ago and replay marks that have expired, at most `limit` of each; says how
    // many, of the more numerous.
    virtual boost::asio::awaitable<int> prune(TimePoint now, int limit) = 0;
    // Empties the write-ahead log, unless a reader is in the way. Never waits.
    virtual boost::asio::awaitable<Checkpoint> checkpoint() = 0;

    // False after a failure, until a commit succeeds again (if it can). From any thread, without waiting.
    virtual bool healthy() const noexcept = 0;
};

}  // namespace countersign::store
