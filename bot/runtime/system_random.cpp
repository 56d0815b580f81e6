#include "bot/runtime/system_random.hpp"

#include <openssl/rand.h>

#include <limits>
#include <stdexcept>

namespace countersign {

void SystemRandom::fill(std::span<std::byte> bytes)
{
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw std::runtime_error{"more random bytes asked for than one call can give"};
    auto* data = reinterpret_cast<unsigned char*>(bytes.data());
    if (RAND_bytes(data, static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error{"the random generator has no bytes to give"};
}

}  // namespace countersign
