#pragma once

#include "handlers/ports/random.hpp"

#include <cstdint>
#include <random>

namespace countersign::test {

// The same bytes for the same seed.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(std::uint64_t seed) : engine_{seed} {}

    void fill(std::span<std::byte> bytes) override
    {
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(engine_() & 0xffU);
    }

    // 0 .. bound - 1
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

private:
    std::mt19937_64 engine_;
};

}  // namespace countersign::test
