#pragma once

#include "bot/store/kept_store.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace countersign {

struct UpkeepOptions
{
    std::chrono::milliseconds probe_every{10'000};
    int probe_failures_max = 6;  // in a row
    std::chrono::milliseconds prune_every{600'000};
    int prune_rows_max = 500;
    std::chrono::milliseconds checkpoint_every{60'000};
    std::chrono::milliseconds checkpoint_again{500};    // after a reader was in the way: our own are done soon
    std::chrono::milliseconds log_stuck_after{10'000};  // with readers in the way all the time
};

// Notices a store that cannot be written before a request does, deletes jobs that ended long ago and marks that
// have expired, and lets nothing that was deleted linger in the write-ahead log.
class Upkeep
{
public:
    // While `may_prune` says no, nothing is deleted. `lost` is called once the store has failed too often in a row. All
    // of them outlive run().
    Upkeep(
        store::KeptStore& store, const Clock& clock, Sleeper& sleeper, UpkeepOptions options,
        std::function<bool()> may_prune, std::function<void()> lost);

    // Until it is cancelled.
    boost::asio::awaitable<void> run();

    // Whether the write-ahead log could not be emptied for so long that `write_ahead_log_stuck` was logged (again at
    // ten times the size; `write_ahead_log_emptied` at the end): another program has the database open in a
    // transaction. The write-ahead log grows meanwhile, and deleted rows stay in it.
    bool log_is_stuck() const noexcept { return told_bytes_.has_value(); }

private:
    boost::asio::awaitable<void> turn();
    boost::asio::awaitable<void> empty_log();
    void watch_log(const store::Checkpoint& checkpoint);
    SteadyTime next_turn() const;

    store::KeptStore& store_;
    const Clock& clock_;
    Sleeper& sleeper_;
    UpkeepOptions options_;
    std::function<bool()> may_prune_;
    std::function<void()> lost_;
    SteadyTime probe_at_{};
    SteadyTime prune_at_{};
    SteadyTime checkpoint_at_{};
    int failures_ = 0;
    std::optional<SteadyTime> kept_since_;     // since when the log could not be emptied
    std::optional<std::uint64_t> told_bytes_;  // its size when that was said last
};

}  // namespace countersign
