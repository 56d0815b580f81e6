#pragma once

#include "bot/http/connection.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <utility>

namespace countersign::http {

// The connections to one origin: the kept ones, and the places for those in use. Held by shared_ptr, so that a place
// can be given back whenever its holder goes.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool>
{
public:
    // A place among those in flight; given back, and handed to whoever waits longest, on destruction.
    class Place
    {
    public:
        explicit Place(std::shared_ptr<ConnectionPool> pool) : pool_{std::move(pool)} {}
        Place(Place&&) noexcept = default;
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        std::shared_ptr<ConnectionPool> pool_;
    };

    ConnectionPool(
        boost::asio::any_io_executor executor, std::size_t places, std::size_t idle_connections_max,
        std::chrono::milliseconds idle_max);

    // Waits for a place, first come first served. Throws operation_aborted when cancelled.
    boost::asio::awaitable<Place> enter();

    // The most recently used connection that is young enough and quiet, or null. Drops the others that it meets.
    std::unique_ptr<Connection> take_idle();
    void keep(std::unique_ptr<Connection> connection);

private:
    struct Waiter;
    struct Idle
    {
        std::unique_ptr<Connection> connection;
        std::chrono::steady_clock::time_point since;
    };

    void leave();

    boost::asio::any_io_executor executor_;
    std::size_t places_;
    std::size_t idle_connections_max_;
    std::chrono::milliseconds idle_max_;
    std::list<Waiter*> waiters_;
    std::list<Idle> idle_;  // the most recently used last
};

}  // namespace countersign::http
