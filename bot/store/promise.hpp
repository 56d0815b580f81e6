#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace countersign::store {

// A one-shot event from a thread to one coroutine. The coroutine resumes on its own executor, whose run() does not
// return meanwhile. Nothing is ever put into the waiter's cancellation slot: a cancel stays on the waiter's thread, and
// takes effect at its next co_await, after the event (a cancel that crosses threads is a race in Boost 1.81).
class Event
{
public:
    explicit Event(const boost::asio::any_io_executor& waiter) : waiter_{waiter} {}
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    // Once, from any thread; before or after wait().
    void raise();
    // Once, on the waiter's executor.
    boost::asio::awaitable<void> wait();

private:
    using Resume = boost::asio::any_completion_handler<void()>;
    void arm(Resume resume);
    void post(Resume resume);

    std::mutex mutex_;
    bool raised_ = false;
    Resume resume_;
    boost::asio::executor_work_guard<boost::asio::any_io_executor> waiter_;
};

// What a thread will give one waiting coroutine.
template <class T>
class Promise
{
public:
    explicit Promise(const boost::asio::any_io_executor& waiter) : event_{waiter} {}

    void give(T value)
    {
        value_.emplace(std::move(value));
        event_.raise();
    }
    void fail(std::exception_ptr failure)
    {
        failure_ = std::move(failure);
        event_.raise();
    }

    boost::asio::awaitable<void> wait() { return event_.wait(); }
    // After wait(). Throws what fail() was given.
    T take()
    {
        if (failure_) std::rethrow_exception(std::move(failure_));
        return std::move(*value_);
    }

private:
    std::optional<T> value_;
    std::exception_ptr failure_;
    Event event_;
};

}  // namespace countersign::store
