#pragma once

#include "bot/store/kept_store.hpp"
#include "handlers/ports/clock.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>

namespace countersign {

struct UpkeepOptions
{
    std::chrono::milliseconds probe_every{10'000};
    int probe_failures_max = 6;  // in a row
    std::chrono::milliseconds prune_every{600'000};
    int prune_rows_max = 500;
    std::chrono::milliseconds checkpoint_every{60'000};
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

private:
    boost::asio::awaitable<void> turn();

    store::KeptStore& store_;
    const Clock& clock_;
    Sleeper& sleeper_;
    UpkeepOptions options_;
    std::function<bool()> may_prune_;
    std::function<void()> lost_;
    SteadyTime prune_at_{};
    SteadyTime checkpoint_at_{};
    int failures_ = 0;
};

}  // namespace countersign
