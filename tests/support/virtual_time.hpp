#pragma once

#include "bot/runtime/machine_time.hpp"
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
class VirtualTime final : public Clock, public Sleeper, public MachineTime
{
public:
    VirtualTime(boost::asio::io_context& context, TimePoint start) : context_{context}, start_{start} {}

    // The true date, whatever the machine says.
    TimePoint now() const override { return start_ + (steady_ - began); }
    TimePoint wall() const override { return now() + wall_ahead_; }
    SteadyTime steady() const override { return steady_; }
    boost::asio::awaitable<void> sleep_until(SteadyTime at) override;

    // When the next sleeper is due.
    std::optional<SteadyTime> next() const;
    // Moves on to `at` and wakes all that are due by then.
    void advance_to(SteadyTime at);
    void advance(Milliseconds by) { advance_to(steady_ + by); }
    // Somebody sets the machine's clock.
    void step_wall(Milliseconds by) { wall_ahead_ += by; }
    // The world goes on while the machine, its steady clock too, stands still.
    void stand_still(Milliseconds time) { start_ += time; }

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
    Milliseconds wall_ahead_{0};
    Sleeps sleeps_;
};

}  // namespace countersign::test
