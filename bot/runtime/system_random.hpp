#pragma once

#include "handlers/ports/random.hpp"

namespace countersign {

// OpenSSL's generator, seeded by the kernel. Any thread. Throws std::runtime_error when it cannot give bytes.
class SystemRandom final : public Random
{
public:
    void fill(std::span<std::byte> bytes) override;
};

}  // namespace countersign
