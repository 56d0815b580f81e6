#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <type_traits>
#include <utility>

namespace countersign {

// Runs a blocking call (SQL, key derivation) on `pool`; the caller resumes on its own executor with the value or the
// exception. The call cannot be cancelled, so it must be bounded by itself (busy_timeout); a cancel that comes
// meanwhile takes effect at the caller's next co_await. The empty slot keeps such a cancel on the caller's thread: in
// Boost 1.81 one that crosses into another thread's coroutine is a data race and ends the process.
template <class Call>
boost::asio::awaitable<std::invoke_result_t<Call>> run_blocking(boost::asio::thread_pool& pool, Call call)
{
    namespace asio = boost::asio;
    auto job = [](Call work) -> asio::awaitable<std::invoke_result_t<Call>> { co_return work(); };
    auto token = asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable);
    co_return co_await asio::co_spawn(pool, job(std::move(call)), std::move(token));
}

}  // namespace countersign
