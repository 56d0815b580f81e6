#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <exception>
#include <list>
#include <string_view>

namespace countersign {

// Owns the coroutines of one scope: all that it starts, it also waits for. An exception ends its task alone
// and is logged. All calls come from the group's executor, which is single-threaded or a strand.
class TaskGroup
{
public:
    explicit TaskGroup(boost::asio::any_io_executor executor);
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup() = default;  // after join(), or after the io_context has run for the last time

    // `name` outlives the task: a literal. Once cancel() was called, does nothing.
    void spawn(std::string_view name, boost::asio::awaitable<void> task);

    // Asks every task to come to its end in order; see handlers/core/interruption. Not after cancel().
    void interrupt();

    // Asks every task to stop, and admits no more.
    void cancel();

    // Returns once the last task has unwound.
    boost::asio::awaitable<void> join();

    std::size_t size() const noexcept { return tasks_.size(); }

private:
    using Tasks = std::list<boost::asio::cancellation_signal>;

    void emit(boost::asio::cancellation_type type);
    void finish(std::string_view name, Tasks::iterator task, std::exception_ptr failure);

    boost::asio::any_io_executor executor_;
    boost::asio::steady_timer idle_;  // never expires; cancelled when the last task has ended
    Tasks tasks_;
    bool closing_ = false;
};

}  // namespace countersign
