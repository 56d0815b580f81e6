#include "bot/http/connection_pool.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace countersign::http;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

// Those who want a place, by name, and what became of them.
struct Queue
{
    explicit Queue(std::size_t places) : pool{std::make_shared<ConnectionPool>(context.get_executor(), places, 8, 30s)}
    {}

    struct Caller
    {
        std::string name;
        asio::cancellation_signal cancel;
        std::optional<ConnectionPool::Place> place;
        std::exception_ptr failure;
    };

    static asio::awaitable<void> enter(std::shared_ptr<ConnectionPool> pool, Queue* queue, Caller* caller)
    {
        auto place = co_await pool->enter();
        caller->place.emplace(std::move(place));
        queue->entered.push_back(caller->name);
    }

    Caller& come(const std::string& name)
    {
        Caller& caller = callers.emplace_back();
        caller.name = name;
        auto on_end = [&caller](std::exception_ptr failure) { caller.failure = failure; };
        asio::co_spawn(
            context, enter(pool, this, &caller), asio::bind_cancellation_slot(caller.cancel.slot(), std::move(on_end)));
        turn();
        return caller;
    }
    void turn()
    {
        context.restart();
        context.poll();
    }
    void leave(Caller& caller)
    {
        caller.place.reset();
        turn();
    }

    std::list<Caller> callers;  // outlive the coroutines that still wait
    std::vector<std::string> entered;
    asio::io_context context{1};
    std::shared_ptr<ConnectionPool> pool;
};

using Names = std::vector<std::string>;

bool was_cancelled(const std::exception_ptr& failure)
{
    if (!failure) return false;
    try
    {
        std::rethrow_exception(failure);
    }
    catch (const boost::system::system_error& e)
    {
        return e.code() == asio::error::operation_aborted;
    }
    return false;
}

}  // namespace

TEST_CASE("as many as there are places enter at once, and not one more", "[http]")
{
    Queue queue{2};
    queue.come("first");
    queue.come("second");
    queue.come("third");
    CHECK(queue.entered == Names{"first", "second"});
}

TEST_CASE("who waits longest gets the place that becomes free", "[http]")
{
    Queue queue{1};
    auto& first = queue.come("first");
    auto& second = queue.come("second");
    queue.come("third");
    queue.leave(first);
    CHECK(queue.entered == Names{"first", "second"});
    queue.leave(second);
    CHECK(queue.entered == Names{"first", "second", "third"});
}

TEST_CASE("a place given back while nobody waits is there for the next, once", "[http]")
{
    Queue queue{1};
    queue.leave(queue.come("first"));
    queue.come("second");
    queue.come("third");
    CHECK(queue.entered == Names{"first", "second"});
}

TEST_CASE("who is cancelled in the queue leaves it, and takes no place with them", "[http]")
{
    Queue queue{1};
    auto& first = queue.come("first");
    auto& second = queue.come("second");
    queue.come("third");
    second.cancel.emit(asio::cancellation_type::terminal);
    queue.turn();
    CHECK(was_cancelled(second.failure));
    queue.leave(first);
    CHECK(queue.entered == Names{"first", "third"});
}

TEST_CASE("a place handed to somebody who ends in the same moment goes on to the next", "[http]")
{
    Queue queue{1};
    auto& first = queue.come("first");
    auto& second = queue.come("second");
    auto& third = queue.come("third");
    first.place.reset();
    second.cancel.emit(asio::cancellation_type::terminal);
    queue.turn();
    second.place.reset();  // whether it still took the place or not
    queue.turn();
    CHECK(third.place.has_value());
    queue.leave(third);
    queue.come("fourth");
    queue.come("fifth");
    CHECK(queue.entered.back() == "fourth");
}

TEST_CASE("a pool in which nothing is kept gives no connection", "[http]")
{
    Queue queue{1};
    CHECK(queue.pool->take_idle() == nullptr);
}
