#pragma once

#include "handlers/ports/clock.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <optional>

namespace countersign::test {

// Time that stands still until a test moves it: whoever sleeps is woken in order, as fast as the machine can.
// Single-threaded, with the io_context that it is given.
class VirtualTime final : public Clock, public Sleeper
{
public:
    VirtualTime(boost::asio::io_context& context, TimePoint start) : context_{context}, start_{start} {}

    TimePoint now() const override { return start_ + (steady_ - began); }
    SteadyTime steady() const override { return steady_; }
    boost::asio::awaitable<void> sleep_until(SteadyTime at) override;

    // When the next sleeper is due.
    std::optional<SteadyTime> next() const;
    // Moves on to `at` and wakes all that are due by then.
    void advance_to(SteadyTime at);
    void advance(Milliseconds by) { advance_to(steady_ + by); }

    static constexpr SteadyTime began{std::chrono::hours{1}};

private:
    struct Sleep
    {
        boost::asio::steady_timer* timer;
        bool* woken;
    };
    using Sleeps = std::multimap<SteadyTime, Sleep>;

    // Takes a sleeper off the list, also when its coroutine is destroyed instead of resumed.
    struct Entry
    {
        Sleeps& sleeps;
        Sleeps::iterator place;
        const bool& woken;

        ~Entry()
        {
            if (!woken) sleeps.erase(place);
        }
    };

    boost::asio::io_context& context_;
    TimePoint start_;
    SteadyTime steady_ = began;
    Sleeps sleeps_;
};

}  // namespace countersign::test
