#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace countersign {

enum class Timeliness
{
    in_time,
    timed_out
};

namespace detail {

inline bool is_cancellation(const std::exception_ptr& failure)
{
    try
    {
        std::rethrow_exception(failure);
    }
    catch (const boost::system::system_error& e)
    {
        return e.code() == boost::asio::error::operation_aborted;
    }
    catch (...)
    {
        return false;
    }
}

// True when `failure` only says that the timer cut the work; every other failure goes on to the caller.
inline bool was_cut(const std::exception_ptr& failure, bool timer_fired)
{
    if (!failure) return false;
    if (timer_fired && is_cancellation(failure)) return true;
    std::rethrow_exception(failure);
}

// asio::co_spawn wants a result that can be made of nothing; not every T can.
template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> work, std::optional<T>* out)
{
    T value = co_await std::move(work);
    out->emplace(std::move(value));
}

}  // namespace detail

// Awaits `work` for at most `limit`. Past it cancels the work and waits until it has unwound. A work that had ended
// after all is in time; an exception of it propagates (`work || timer` would swallow it), as does a cancellation of the
// caller. For work that ignores cancellation (a blocking call) the limit does not hold.
inline boost::asio::awaitable<Timeliness> with_timeout(
    std::chrono::milliseconds limit, boost::asio::awaitable<void> work)
{
    namespace asio = boost::asio;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor, limit};
    auto race = asio::experimental::make_parallel_group(
        asio::co_spawn(executor, std::move(work), asio::deferred), timer.async_wait(asio::deferred));
    auto [order, failure, ec] = co_await race.async_wait(asio::experimental::wait_for_one{}, asio::use_awaitable);
    if (detail::was_cut(failure, !ec)) co_return Timeliness::timed_out;
    co_return Timeliness::in_time;
}

// The same for work with a value: nothing when it was cut.
template <class T>
boost::asio::awaitable<std::optional<T>> with_timeout(std::chrono::milliseconds limit, boost::asio::awaitable<T> work)
{
    std::optional<T> value;
    auto keeping = detail::keep_result(std::move(work), &value);
    co_await with_timeout(limit, std::move(keeping));
    co_return std::move(value);
}

}  // namespace countersign
