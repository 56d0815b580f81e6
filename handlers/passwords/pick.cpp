#include "handlers/passwords/pick.hpp"

#include <openssl/crypto.h>

#include <array>
#include <stdexcept>

namespace countersign::passwords {

namespace {

constexpr std::size_t values = 65'536;
constexpr int tries_max = 128;  // an honest source fails half of them at most: once in 2^128

// Two bytes that are wiped: from the drawn numbers the password could be put together again.
class Bytes
{
public:
    Bytes() = default;
    ~Bytes() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    std::size_t draw(Random& random)
    {
        random.fill(bytes_);
        return std::to_integer<std::size_t>(bytes_[0]) << 8 | std::to_integer<std::size_t>(bytes_[1]);
    }

private:
    std::array<std::byte, 2> bytes_{};
};

}  // namespace

std::size_t pick_below(Random& random, std::size_t bound)
{
    if (bound == 0 || bound > values) throw std::logic_error{"draw_below: no such bound"};
    const std::size_t usable = values - values % bound;
    Bytes bytes;
    for (int i = 0; i < tries_max; ++i)
    {
        const std::size_t drawn = bytes.draw(random);
        if (drawn < usable) return drawn % bound;
    }
    throw std::runtime_error{"the source of randomness does not give random bytes"};
}

}  // namespace countersign::passwords
