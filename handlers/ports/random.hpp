#pragma once

#include <cstddef>
#include <span>

namespace countersign {

// Cryptographically strong bytes in production, seeded ones in scenario tests. Throws when none can be had.
class Random
{
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

}  // namespace countersign
