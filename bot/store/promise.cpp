#include "bot/store/promise.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace countersign::store {

namespace asio = boost::asio;

// Handlers are swapped, not assigned: in Boost 1.81 the move assignment of any_completion_handler recurses without end.

void Event::raise()
{
    Resume resume;
    {
        const std::lock_guard lock{mutex_};
        raised_ = true;
        resume.swap(resume_);
    }
    if (resume) post(std::move(resume));
}

asio::awaitable<void> Event::wait()
{
    auto start = [this](auto handler) { arm(Resume{std::move(handler)}); };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(start), asio::use_awaitable);
}

void Event::arm(Resume resume)
{
    {
        const std::lock_guard lock{mutex_};
        if (!raised_)
        {
            resume_.swap(resume);
            return;
        }
    }
    post(std::move(resume));
}

void Event::post(Resume resume)
{
    auto call = [resume = std::move(resume)]() mutable { std::move(resume)(); };
    asio::post(waiter_.get_executor(), std::move(call));
    // Not touched below: the waiter may be running already, and this may be gone.
}

}  // namespace countersign::store
