#include "bot/runtime/task_group.hpp"

#include "bot/runtime/timeout.hpp"
#include "tests/support/run_coroutine.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>

#include <exception>
#include <memory>
#include <stdexcept>

using namespace countersign;
namespace asio = boost::asio;

namespace {

// Waits until it is cancelled; notes that it began, and shares `alive` until it has unwound.
asio::awaitable<void> wait_for_ever(int* begun, std::shared_ptr<int> alive)
{
    *begun += 1 + *alive;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor, asio::steady_timer::time_point::max()};
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> fail()
{
    throw std::runtime_error{"on purpose"};
    co_return;
}

asio::awaitable<int> answer() { co_return 42; }

asio::awaitable<int> wait_and_answer()
{
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor, asio::steady_timer::time_point::max()};
    co_await timer.async_wait(asio::use_awaitable);
    co_return 42;
}

asio::awaitable<int> fail_with_int()
{
    throw std::runtime_error{"on purpose"};
    co_return 0;
}

asio::awaitable<int> join(TaskGroup& group)
{
    co_await group.join();
    co_return 0;
}

}  // namespace

TEST_CASE("a cancelled group's tasks have unwound when join returns, and it admits no more", "[runtime]")
{
    asio::io_context context{1};
    TaskGroup group{context.get_executor()};
    int begun = 0;
    const auto alive = std::make_shared<int>(0);
    for (int i = 0; i < 3; ++i) group.spawn("wait", wait_for_ever(&begun, alive));
    context.poll();
    REQUIRE(begun == 3);
    group.cancel();
    group.spawn("late", wait_for_ever(&begun, alive));
    test::run(context, join(group));
    CHECK(begun == 3);
    CHECK(group.size() == 0);
    CHECK(alive.use_count() == 1);
}

TEST_CASE("a task that throws ends alone", "[runtime]")
{
    asio::io_context context{1};
    TaskGroup group{context.get_executor()};
    int begun = 0;
    const auto alive = std::make_shared<int>(0);
    group.spawn("wait", wait_for_ever(&begun, alive));
    group.spawn("fail", fail());
    context.poll();
    CHECK(group.size() == 1);
    group.cancel();
    test::run(context, join(group));
}

TEST_CASE("work in time yields its value, work past its limit yields nothing and is cancelled", "[runtime]")
{
    asio::io_context context{1};
    CHECK(test::run(context, with_timeout(std::chrono::hours{1}, answer())) == 42);
    CHECK_FALSE(test::run(context, with_timeout(std::chrono::milliseconds{0}, wait_and_answer())).has_value());
}

TEST_CASE("an exception of timed work reaches the caller", "[runtime]")
{
    asio::io_context context{1};
    CHECK_THROWS_AS(test::run(context, with_timeout(std::chrono::hours{1}, fail_with_int())), std::runtime_error);
}

TEST_CASE("join waits for the last task to end by itself", "[runtime]")
{
    asio::io_context context{1};
    TaskGroup group{context.get_executor()};
    asio::steady_timer first{context, asio::steady_timer::time_point::max()};
    asio::steady_timer last{context, asio::steady_timer::time_point::max()};
    const auto until_woken = [](asio::steady_timer* timer) -> asio::awaitable<void> {
        co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    };
    group.spawn("first", until_woken(&first));
    group.spawn("last", until_woken(&last));
    bool joined = false;
    asio::co_spawn(context, group.join(), [&joined](std::exception_ptr) { joined = true; });
    context.poll();
    CHECK(group.size() == 2);
    first.cancel();
    context.poll();
    CHECK(group.size() == 1);
    CHECK_FALSE(joined);
    last.cancel();
    context.poll();
    CHECK(joined);
    CHECK(group.size() == 0);
}

TEST_CASE("a group without a task is joined at once", "[runtime]")
{
    asio::io_context context{1};
    TaskGroup group{context.get_executor()};
    CHECK(test::run(context, join(group)) == 0);
}
