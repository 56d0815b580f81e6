#pragma once

#include "handlers/core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>

namespace countersign::store {

// What has become of the write-ahead log.
struct Checkpoint
{
    bool is_empty = false;        // false: somebody was reading
    std::uint64_t log_bytes = 0;  // its size
};

// What a store needs to be done to it while the bot runs; see Upkeep.
class KeptStore
{
public:
    virtual ~KeptStore() = default;

    // Writes one row, durably; throws StoreUnavailable when that is not possible.
    virtual boost::asio::awaitable<void> probe(TimePoint now) = 0;
    // Deletes jobs that ended over 7 days ago and replay marks that have expired, at most `limit` of each; says how
    // many, of the more numerous.
    virtual boost::asio::awaitable<int> prune(TimePoint now, int limit) = 0;
    // Empties the write-ahead log, without waiting for anybody: what is being read keeps it for the next time.
    virtual boost::asio::awaitable<Checkpoint> checkpoint() = 0;

    // False after a failure, until a commit succeeds again (if it can). From any thread, without waiting.
    virtual bool healthy() const noexcept = 0;
};

}  // namespace countersign::store
