#include "bot/runtime/task_group.hpp"

#include "handlers/core/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace countersign {

namespace asio = boost::asio;

TaskGroup::TaskGroup(asio::any_io_executor executor)
    : executor_{std::move(executor)},
      idle_{executor_, asio::steady_timer::time_point::max()}
{}

void TaskGroup::spawn(std::string_view name, asio::awaitable<void> task)
{
    if (closing_) return;
    const auto child = tasks_.emplace(tasks_.end());
    auto on_end = [this, name, child](std::exception_ptr failure) { finish(name, child, failure); };
    asio::co_spawn(executor_, std::move(task), asio::bind_cancellation_slot(child->slot(), std::move(on_end)));
}

void TaskGroup::finish(std::string_view name, Tasks::iterator task, std::exception_ptr failure)
{
    try
    {
        if (failure) std::rethrow_exception(failure);
    }
    catch (const boost::system::system_error& e)
    {
        const bool was_cancelled = closing_ && e.code() == asio::error::operation_aborted;
        if (!was_cancelled) log::error("task_failed", {{"task", name}, {"error", e.what()}});
    }
    catch (const std::exception& e)
    {
        log::error("task_failed", {{"task", name}, {"error", e.what()}});
    }
    catch (...)
    {
        log::error("task_failed", {{"task", name}, {"error", "not a std::exception"}});
    }
    tasks_.erase(task);
    if (tasks_.empty()) idle_.cancel();
}

void TaskGroup::interrupt() { emit(asio::cancellation_type::total); }

void TaskGroup::cancel()
{
    closing_ = true;
    emit(asio::cancellation_type::terminal);
}

void TaskGroup::emit(asio::cancellation_type type)
{
    for (auto next = tasks_.begin(); next != tasks_.end();)
    {
        const auto task = next++;  // a task that ends at once erases itself
        task->emit(type);
    }
}

asio::awaitable<void> TaskGroup::join()
{
    while (!tasks_.empty())
    {
        const auto [ec] = co_await idle_.async_wait(asio::as_tuple(asio::use_awaitable));
        static_cast<void>(
            ec);  // operation_aborted in any case; when it is this join that is cancelled, the next wait throws
    }
}

}  // namespace countersign
