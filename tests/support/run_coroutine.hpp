#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace countersign::test {

// co_spawn itself wants a result that can be made of nothing; an account, for one, cannot.
template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> work, std::optional<T>& out)
{
    T value = co_await std::move(work);
    out.emplace(std::move(value));
}

// Runs one coroutine to its end on `context`, and fails the test (bad_optional_access) when it does not end in 10 s.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> work)
{
    std::optional<T> out;
    boost::asio::co_spawn(context, keep_result(std::move(work), out), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    context.restart();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!out && std::chrono::steady_clock::now() < deadline)
        if (context.run_one_for(std::chrono::milliseconds{200}) == 0 && context.stopped()) break;
    return std::move(out).value();
}

}  // namespace countersign::test
