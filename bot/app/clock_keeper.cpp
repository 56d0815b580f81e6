#include "bot/app/clock_keeper.hpp"

#include "handlers/core/log.hpp"

#include <chrono>
#include <exception>
#include <utility>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds look_every{3};

void write_to_log(const ClockNews& news)
{
    const long long ms = news.by.count();
    switch (news.what)
    {
    case ClockNews::What::stepped: return log::warn("clock_stepped", {{"ms", ms}});
    case ClockNews::What::behind_ledger: return log::error("clock_behind_ledger", {{"ms", ms}});
    case ClockNews::What::confirmed: return log::info("clock_confirmed", {{"ms", ms}});
    case ClockNews::What::not_comparable: return log::warn("clock_not_comparable");
    case ClockNews::What::off: return log::error("clock_off", {{"ms", ms}, {"than", news.than}});
    case ClockNews::What::right_again: return log::info("clock_off_no_more", {{"after_ms", ms}});
    case ClockNews::What::anchored_anew: return log::warn("clock_anchored_anew", {{"ms", ms}});
    }
}

}  // namespace

ClockKeeper::ClockKeeper(
    const MachineTime& time, std::optional<TimePoint> newest_stored, Sleeper& sleeper,
    std::function<asio::awaitable<void>()> ask, std::function<void()> confirmed)
    : clock_{time, newest_stored, write_to_log},
      sleeper_{sleeper},
      ask_{std::move(ask)},
      confirmed_{std::move(confirmed)}
{}

void ClockKeeper::learn(std::optional<TimePoint> date)
{
    const bool was_held = !clock_.is_confirmed();
    clock_.learn(date);
    if (was_held && clock_.is_confirmed()) confirmed_();
}

bool ClockKeeper::may_claim(std::size_t in_flight)
{
    if (!clock_.is_confirmed()) return false;
    if (in_flight == 0) moves_seen_ = clock_.moves();
    return moves_seen_ == clock_.moves();
}

asio::awaitable<void> ClockKeeper::run()
{
    for (;;)
    {
        co_await sleeper_.sleep_until(clock_.steady() + look_every);
        clock_.look();
        if (!clock_.wants_date()) continue;
        try
        {
            co_await ask_();
        }
        catch (const std::exception& mistake)
        {
            // Cancelled, the sleep above throws again; anything else is tried again later.
            log::error("clock_not_compared", {{"error", mistake.what()}});
        }
    }
}

}  // namespace countersign
