#include "handlers/core/locked_memory.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <new>

namespace countersign::locked_memory {

namespace {

constexpr std::size_t smallest_bytes = 32;  // of a piece; a power of two, as the heap itself

State set_up() noexcept
{
    // Another part of this process made one, of unknown size and use.
    if (CRYPTO_secure_malloc_initialized() == 1) return State::swappable;
    switch (CRYPTO_secure_malloc_init(heap_bytes, smallest_bytes))
    {
    case 1: return State::locked;
    case 2: return State::swappable;
    default: return State::unavailable;
    }
}

}  // namespace

// With the first secret, whenever that is: none can come too early.
State state() noexcept
{
    static const State found = set_up();
    return found;
}

void Wipe::operator()(char* bytes) const noexcept { OPENSSL_secure_clear_free(bytes, std::max<std::size_t>(size, 1)); }

Bytes take(std::size_t size)
{
    const std::size_t least = std::max<std::size_t>(size, 1);
    void* bytes = state() == State::unavailable ? nullptr : OPENSSL_secure_malloc(least);
    // The heap is full, or the piece too large for it.
    if (bytes == nullptr) bytes = OPENSSL_malloc(least);
    if (bytes == nullptr) throw std::bad_alloc{};
    return Bytes{static_cast<char*>(bytes), Wipe{size}};
}

std::size_t used() noexcept { return CRYPTO_secure_used(); }

}  // namespace countersign::locked_memory
