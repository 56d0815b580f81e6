#include "tests/support/virtual_time.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>

namespace countersign::test {

namespace asio = boost::asio;

asio::awaitable<void> VirtualTime::sleep_until(SteadyTime at)
{
    if (at <= steady_) co_return;
    asio::steady_timer timer{context_, asio::steady_timer::time_point::max()};
    bool woken = false;
    const Entry entry{sleeps_, sleeps_.emplace(at, Sleep{&timer, &woken}), woken};
    const auto [ec] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    static_cast<void>(ec);  // Always operation_aborted: woken, or cancelled.
    if (woken) co_return;
    throw boost::system::system_error{asio::error::operation_aborted};
}

std::optional<SteadyTime> VirtualTime::next() const
{
    if (sleeps_.empty()) return std::nullopt;
    return sleeps_.begin()->first;
}

void VirtualTime::advance_to(SteadyTime at)
{
    steady_ = std::max(steady_, at);
    while (!sleeps_.empty() && sleeps_.begin()->first <= steady_)
    {
        const Sleep sleep = sleeps_.begin()->second;
        sleeps_.erase(sleeps_.begin());
        *sleep.woken = true;
        sleep.timer->cancel();
    }
}

}  // namespace countersign::test
