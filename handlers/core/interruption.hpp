#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <optional>
#include <utility>

// Two ways to end a task that another owns. A cancellation (terminal) ends it wherever it stands. An interruption
// (total) asks it to come to its end in order: it goes on as if nothing had been said, but for what it awaits by
// unless_interrupted(). Interruptions are repeated until the task has ended, and stop once it is cancelled.
namespace countersign {

inline bool is_cancellation(const std::exception& failure) noexcept
{
    const auto* error = dynamic_cast<const boost::system::system_error*>(&failure);
    return error != nullptr && error->code() == boost::asio::error::operation_aborted;
}

namespace detail {

struct SeesAll
{
    boost::asio::cancellation_type operator()(boost::asio::cancellation_type type) const noexcept { return type; }
};

struct CutsOff
{
    boost::asio::cancellation_type operator()(boost::asio::cancellation_type type) const noexcept
    {
        using Type = boost::asio::cancellation_type;
        return type == Type::none ? Type::none : Type::terminal;
    }
};

}  // namespace detail

// Awaits `work`, and cuts it off when the task is interrupted. Nothing: it was, and what the work came to is not known.
template <class T>
boost::asio::awaitable<std::optional<T>> unless_interrupted(boost::asio::awaitable<T> work)
{
    const detail::SeesAll sees_all;
    const detail::CutsOff cuts_off;
    co_await boost::asio::this_coro::reset_cancellation_state(sees_all, cuts_off);
    std::optional<T> value;
    std::exception_ptr failure;
    try
    {
        T done = co_await std::move(work);
        value.emplace(std::move(done));
    }
    catch (const std::exception& thrown)
    {
        if (!is_cancellation(thrown)) failure = std::current_exception();
    }
    // Here, and not in a coroutine of its own: after a cut nothing else can be awaited.
    using Type = boost::asio::cancellation_type;
    const boost::asio::cancellation_state state = co_await boost::asio::this_coro::cancellation_state;
    const Type by = state.cancelled();
    if ((by & Type::terminal) != Type::none) throw boost::system::system_error{boost::asio::error::operation_aborted};
    co_await boost::asio::this_coro::reset_cancellation_state();
    if (failure) std::rethrow_exception(failure);
    if (by != Type::none) value.reset();
    co_return std::move(value);
}

}  // namespace countersign
