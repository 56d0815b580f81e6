#include "bot/upkeep.hpp"

#include "handlers/core/log.hpp"

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
    prune_at_ = clock_.steady();
    checkpoint_at_ = clock_.steady() + options_.checkpoint_every;
    for (;;)
    {
        try
        {
            co_await turn();
        }
        catch (const std::exception& gone)
        {
            log::error("store_not_writable", {{"error", gone.what()}});
            ++failures_;
        }
        if (failures_ == options_.probe_failures_max) lost_();
        co_await sleeper_.sleep_until(clock_.steady() + options_.probe_every);
    }
}

asio::awaitable<void> Upkeep::turn()
{
    co_await store_.probe(clock_.now());
    failures_ = store_.healthy() ? 0 : failures_ + 1;
    // By a date that is wrong, what is young may look old.
    if (clock_.steady() >= prune_at_ && may_prune_())
    {
        const int deleted = co_await store_.prune(clock_.now(), options_.prune_rows_max);
        // Where that was not all, the rest follows with the next probe.
        if (deleted < options_.prune_rows_max) prune_at_ = clock_.steady() + options_.prune_every;
    }
    if (clock_.steady() >= checkpoint_at_)
    {
        co_await store_.checkpoint();
        checkpoint_at_ = clock_.steady() + options_.checkpoint_every;
    }
}

}  // namespace countersign
