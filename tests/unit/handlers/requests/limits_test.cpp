#include "handlers/requests/limits.hpp"

#include <catch2/catch.hpp>

using namespace countersign;
using namespace std::chrono_literals;

namespace {

const TimePoint now = from_unix_ms(1'763'800'000'000);

}  // namespace

TEST_CASE("a window with room lets one more in", "[requests]")
{
    CHECK_FALSE(full_window(Limit{2, 3}, {}, now));
    CHECK_FALSE(full_window(Limit{2, 3}, {now - 1min}, now));
    CHECK_FALSE(full_window(Limit{2, 3}, {now - 1min, now - 61min}, now));
}

TEST_CASE("a full window is full until its oldest request leaves it", "[requests]")
{
    const auto hour = full_window(Limit{2, 0}, {now - 1min, now - 20min, now - 30min}, now);
    REQUIRE(hour);
    CHECK(hour->until == now + 40min);
    CHECK(hour->requests == 2);
    CHECK_FALSE(full_window(Limit{2, 0}, {now - 1min, now - 20min}, now + 40min));
}

TEST_CASE("of two full windows the one that is full for longer counts", "[requests]")
{
    const auto full = full_window(Limit{1, 2}, {now - 10min, now - 2h}, now);
    REQUIRE(full);
    CHECK(full->length == 24h);
    CHECK(full->until == now + 22h);
}

TEST_CASE("zero is no limit", "[requests]")
{
    const std::vector<TimePoint> many(1000, now);
    CHECK_FALSE(full_window(Limit{0, 0}, many, now));
    CHECK(full_window(Limit{0, 5}, many, now));
}
