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

TEST_CASE("every byte is filled", "[runtime]")
{
    SystemRandom random;
    std::array<std::byte, 64> ever{};
    for (int round = 0; round < 20; ++round)
    {
        std::array<std::byte, 64> bytes{};
        random.fill(bytes);
        for (std::size_t i = 0; i < bytes.size(); ++i) ever[i] |= bytes[i];
    }
    // Zero twenty times by chance: once in 256^20.
    for (const std::byte byte : ever) CHECK(byte != std::byte{0});
}
