#pragma once

#include <openssl/crypto.h>

#include <cstddef>
#include <memory>

namespace countersign {

// For containers that grow while they hold what may be secret: what they outgrow is wiped, and so is the last block.
template <class T>
struct WipingAllocator
{
    using value_type = T;

    WipingAllocator() noexcept = default;
    template <class U>
    explicit WipingAllocator(const WipingAllocator<U>&) noexcept
    {}

    T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
    void deallocate(T* block, std::size_t count) noexcept
    {
        OPENSSL_cleanse(block, count * sizeof(T));
        std::allocator<T>{}.deallocate(block, count);
    }
    friend bool operator==(const WipingAllocator&, const WipingAllocator&) noexcept { return true; }
};

}  // namespace countersign
