#include "bot/http/connection_pool.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace countersign::http {

namespace asio = boost::asio;

// Stands in the queue for as long as it lives. A place that was handed over but not taken (its waiter was cancelled in
// the same moment) goes on to the next one.
struct ConnectionPool::Waiter
{
    Waiter(std::shared_ptr<ConnectionPool> pool_, const asio::any_io_executor& executor)
        : pool{std::move(pool_)},
          handed{executor, asio::steady_timer::time_point::max()}
    {
        pool->waiters_.push_back(this);
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter()
    {
        if (has_place)
            pool->leave();
        else
            pool->waiters_.remove(this);
    }

    std::shared_ptr<ConnectionPool> pool;
    asio::steady_timer handed;
    bool has_place = false;
};

ConnectionPool::Place::~Place()
{
    if (pool_) pool_->leave();
}

ConnectionPool::ConnectionPool(
    asio::any_io_executor executor, std::size_t places, std::size_t idle_connections_max,
    std::chrono::milliseconds idle_max)
    : executor_{std::move(executor)},
      places_{places},
      idle_connections_max_{idle_connections_max},
      idle_max_{idle_max}
{}

asio::awaitable<ConnectionPool::Place> ConnectionPool::enter()
{
    if (places_ > 0)
    {
        --places_;
        co_return Place{shared_from_this()};
    }
    Waiter waiter{shared_from_this(), executor_};
    const auto [ec] = co_await waiter.handed.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!waiter.has_place) throw boost::system::system_error{ec};
    waiter.has_place = false;
    co_return Place{shared_from_this()};
}

void ConnectionPool::leave()
{
    if (waiters_.empty())
    {
        ++places_;
        return;
    }
    Waiter* next = waiters_.front();
    waiters_.pop_front();
    next->has_place = true;
    next->handed.cancel();
}

std::unique_ptr<Connection> ConnectionPool::take_idle()
{
    const auto oldest = std::chrono::steady_clock::now() - idle_max_;
    while (!idle_.empty())
    {
        Idle last = std::move(idle_.back());
        idle_.pop_back();
        if (last.since >= oldest && last.connection->is_quiet()) return std::move(last.connection);
    }
    return nullptr;
}

void ConnectionPool::keep(std::unique_ptr<Connection> connection)
{
    const auto now = std::chrono::steady_clock::now();
    idle_.push_back(Idle{std::move(connection), now});
    while (idle_.size() > idle_connections_max_ || idle_.front().since < now - idle_max_) idle_.pop_front();
}

}  // namespace countersign::http
