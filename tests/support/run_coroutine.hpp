#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>
#include <utility>

namespace countersign::test {

// Runs one coroutine to its end on `context`, and throws what it throws. One that does not end in ten seconds is left
// as it is.
void run_to_end(boost::asio::io_context& context, boost::asio::awaitable<void> work);

template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> work, std::optional<T>& out)
{
    T value = co_await std::move(work);
    out.emplace(std::move(value));
}

// The same for one with a result; fails the test (bad_optional_access) when it does not end.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> work)
{
    std::optional<T> out;
    run_to_end(context, keep_result(std::move(work), out));
    return std::move(out).value();
}

}  // namespace countersign::test
