#pragma once

#include "handlers/core/error.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace countersign::store {

// A bounded queue between the coroutines and one thread.
template <class Item>
class WorkQueue
{
public:
    explicit WorkQueue(std::size_t waiting_max) : waiting_max_{waiting_max} {}

    // Throws StoreUnavailable when the queue is full: the caller sheds load rather than waits.
    void push(Item item)
    {
        {
            const std::lock_guard lock{mutex_};
            if (closed_) throw StoreUnavailable{"the store is shutting down"};
            if (items_.size() >= waiting_max_) throw StoreUnavailable{"too many calls wait for the store"};
            items_.push_back(std::move(item));
        }
        filled_.notify_one();
    }

    // Waits for items and takes at most `taken_max` of them, oldest first. None: closed, and nothing is left.
    std::vector<Item> take(std::size_t taken_max)
    {
        std::unique_lock lock{mutex_};
        filled_.wait(lock, [this] { return closed_ || !items_.empty(); });
        const auto count = static_cast<std::ptrdiff_t>(std::min(taken_max, items_.size()));
        const auto end = items_.begin() + count;
        std::vector<Item> taken{std::make_move_iterator(items_.begin()), std::make_move_iterator(end)};
        items_.erase(items_.begin(), end);
        return taken;
    }

    // No more pushes; what waits can still be taken.
    void close()
    {
        {
            const std::lock_guard lock{mutex_};
            closed_ = true;
        }
        filled_.notify_all();
    }

private:
    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Item> items_;
    bool closed_ = false;
};

}  // namespace countersign::store
