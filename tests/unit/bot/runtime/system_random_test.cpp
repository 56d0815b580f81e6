#include "bot/runtime/system_random.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace countersign;

TEST_CASE("two fills are different, and an empty one does nothing", "[runtime]")
{
    SystemRandom random;
    std::array<std::byte, 32> first{};
    std::array<std::byte, 32> second{};
    random.fill(first);
    random.fill(second);
    CHECK(first != second);
    random.fill({});
}
