#include "handlers/core/interruption.hpp"

#include "bot/runtime/task_group.hpp"
#include "tests/support/virtual_time.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>

using namespace countersign;
using namespace countersign::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

// Waits a second twice: the first time it may be interrupted, the second time not.
struct Task
{
    ~Task()
    {
        tasks.cancel();
        run_for(0s);
    }

    asio::io_context context{1};
    VirtualTime time{context, TimePoint{}};
    TaskGroup tasks{context.get_executor()};
    std::string story;
    bool throws = false;

    static asio::awaitable<int> wait(Task* task)
    {
        co_await task->time.sleep_until(task->time.steady() + 1s);
        if (task->throws) throw std::runtime_error{"a mistake"};
        co_return 7;
    }
    static asio::awaitable<void> run(Task* task)
    {
        auto waiting = wait(task);
        try
        {
            const auto value = co_await unless_interrupted(std::move(waiting));
            task->story += value ? "done " + std::to_string(*value) : "interrupted";
        }
        catch (const std::runtime_error& mistake)
        {
            task->story += is_cancellation(mistake) ? "cancelled" : mistake.what();
            throw;
        }
        co_await task->time.sleep_until(task->time.steady() + 1s);
        task->story += ", ended";
    }
    void start()
    {
        tasks.spawn("task", run(this));
        run_for(0s);
    }
    void run_for(Milliseconds span)
    {
        time.advance(span);
        context.restart();
        context.poll();
    }
};

}  // namespace

TEST_CASE("a task that nobody interrupts gets what it waits for", "[interruption]")
{
    Task task;
    task.start();
    task.run_for(1s);
    CHECK(task.story == "done 7");
    task.run_for(1s);
    CHECK(task.story == "done 7, ended");
}

TEST_CASE("an interruption cuts off what may be interrupted, and the task goes on to its end", "[interruption]")
{
    Task task;
    task.start();
    task.tasks.interrupt();
    task.run_for(0s);
    CHECK(task.story == "interrupted");
    // What follows is not cut off, however often it is asked for.
    task.tasks.interrupt();
    task.run_for(500ms);
    task.tasks.interrupt();
    CHECK(task.tasks.size() == 1);
    task.run_for(500ms);
    CHECK(task.story == "interrupted, ended");
    CHECK(task.tasks.size() == 0);
}

TEST_CASE("a cancellation ends a task wherever it stands, also once it was interrupted", "[interruption]")
{
    Task task;
    task.start();
    const bool is_interrupted = GENERATE(true, false);
    if (is_interrupted)
    {
        task.tasks.interrupt();
        task.run_for(0s);
    }
    task.tasks.cancel();
    task.run_for(0s);
    CHECK(task.story == (is_interrupted ? "interrupted" : "cancelled"));
    CHECK(task.tasks.size() == 0);
}

TEST_CASE("what fails by itself fails as without interruptions", "[interruption]")
{
    Task task;
    task.throws = true;
    task.start();
    task.run_for(1s);
    CHECK(task.story == "a mistake");
}

TEST_CASE("an interruption that nothing asks for is not noticed", "[interruption]")
{
    Task task;
    auto sleeping = [](Task* task_) -> asio::awaitable<void> {
        co_await task_->time.sleep_until(task_->time.steady() + 1s);
        co_await task_->time.sleep_until(task_->time.steady() + 1s);
        task_->story = "slept";
    };
    task.tasks.spawn("task", sleeping(&task));
    task.run_for(0s);
    task.tasks.interrupt();
    task.run_for(1s);
    task.tasks.interrupt();
    task.run_for(1s);
    CHECK(task.story == "slept");
}
