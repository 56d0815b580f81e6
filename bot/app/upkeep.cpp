#include "bot/app/upkeep.hpp"

#include "handlers/core/interruption.hpp"
#include "handlers/core/log.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace countersign {

namespace asio = boost::asio;

Upkeep::Upkeep(
    store::KeptStore& store, const Clock& clock, Sleeper& sleeper, UpkeepOptions options,
    std::function<bool()> may_prune, std::function<void()> lost)
    : store_{store},
      clock_{clock},
      sleeper_{sleeper},
      options_{options},
      may_prune_{std::move(may_prune)},
      lost_{std::move(lost)}
{}

asio::awaitable<void> Upkeep::run()
{
    probe_at_ = prune_at_ = clock_.steady();
    checkpoint_at_ = clock_.steady() + options_.checkpoint_every;
    for (;;)
    {
        try
        {
            co_await turn();
        }
        catch (const std::exception& gone)
        {
            if (is_cancellation(gone)) throw;
            log::error("store_not_writable", {{"error", gone.what()}});
            ++failures_;
        }
        if (failures_ == options_.probe_failures_max) lost_();
        co_await sleeper_.sleep_until(next_turn());
    }
}

// Of a store that cannot be written nothing is asked but whether it can.
SteadyTime Upkeep::next_turn() const { return failures_ > 0 ? probe_at_ : std::min(probe_at_, checkpoint_at_); }

asio::awaitable<void> Upkeep::turn()
{
    const SteadyTime now = clock_.steady();
    if (now >= probe_at_)
    {
        probe_at_ = now + options_.probe_every;
        co_await store_.probe(clock_.now());
        failures_ = store_.healthy() ? 0 : failures_ + 1;
        // With a wrong date, young rows may look old.
        if (now >= prune_at_ && may_prune_())
        {
            const int deleted = co_await store_.prune(clock_.now(), options_.prune_rows_max);
            // Where that was not all, the rest follows with the next probe.
            if (deleted < options_.prune_rows_max) prune_at_ = now + options_.prune_every;
        }
    }
    if (now >= checkpoint_at_ && failures_ == 0) co_await empty_log();
}

asio::awaitable<void> Upkeep::empty_log()
{
    checkpoint_at_ = clock_.steady() + options_.probe_every;  // should it fail
    const store::Checkpoint checkpoint = co_await store_.checkpoint();
    watch_log(checkpoint);
    std::chrono::milliseconds pause = options_.checkpoint_again;
    if (checkpoint.is_empty)
        pause = options_.checkpoint_every;
    else if (log_is_stuck())
        pause = options_.probe_every;
    checkpoint_at_ = clock_.steady() + pause;
}

void Upkeep::watch_log(const store::Checkpoint& checkpoint)
{
    const SteadyTime now = clock_.steady();
    if (checkpoint.is_empty)
    {
        if (log_is_stuck()) log::info("write_ahead_log_emptied", {{"kept_ms", (now - *kept_since_).count()}});
        kept_since_.reset();
        told_bytes_.reset();
        return;
    }
    if (!kept_since_) kept_since_ = now;
    const auto kept_for = now - *kept_since_;
    const bool is_news = !told_bytes_ || checkpoint.log_bytes / 10 >= *told_bytes_;
    if (kept_for < options_.log_stuck_after || !is_news) return;
    told_bytes_ = std::max<std::uint64_t>(checkpoint.log_bytes, 1);
    log::error(
        "write_ahead_log_stuck",
        {{"bytes", checkpoint.log_bytes}, {"since", to_iso8601(clock_.now() - kept_for)}, {"why", "being_read"}});
}

}  // namespace countersign
