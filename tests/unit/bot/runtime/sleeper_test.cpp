#include "bot/runtime/sleeper.hpp"
#include "tests/support/run_coroutine.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <chrono>

using namespace countersign;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

const SteadyTime noon{12h};

// A time that arrives only when it is looked at for the so-manieth time.
class LateTime final : public MachineTime
{
public:
    explicit LateTime(int late_) : late{late_} {}

    TimePoint wall() const override { return TimePoint{}; }
    SteadyTime steady() const override { return ++looks > late ? noon : noon - 1ms; }

    int late;
    mutable int looks = 0;
};

asio::awaitable<bool> slept(AsioSleeper& sleeper)
{
    co_await sleeper.sleep_until(noon);
    co_return true;
}

}  // namespace

TEST_CASE("a sleep until now or before ends at once, without a wait", "[runtime]")
{
    asio::io_context context{1};
    const LateTime time{0};
    AsioSleeper sleeper{context.get_executor(), time};
    CHECK(test::run(context, slept(sleeper)));
    CHECK(time.looks == 1);
}

TEST_CASE("a sleep ends when the machine's time says so, not when a timer does", "[runtime]")
{
    asio::io_context context{1};
    const LateTime time{3};
    AsioSleeper sleeper{context.get_executor(), time};
    CHECK(test::run(context, slept(sleeper)));
    CHECK(time.looks == 4);
}
