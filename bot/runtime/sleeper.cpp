#include "bot/runtime/sleeper.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace countersign {

namespace asio = boost::asio;

namespace {

constexpr Milliseconds look_again_after{10'000};

}  // namespace

AsioSleeper::AsioSleeper(asio::any_io_executor executor, const MachineTime& time)
    : executor_{std::move(executor)},
      time_{time}
{}

asio::awaitable<void> AsioSleeper::sleep_until(SteadyTime at)
{
    asio::steady_timer timer{executor_};
    for (auto now = time_.steady(); now < at; now = time_.steady())
    {
        timer.expires_after(std::min(look_again_after, Milliseconds{at - now}));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace countersign
