#include "tests/support/freed_memory.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>
#include <string_view>
#include <utility>

// clang's ThreadSanitizer has operators of its own, which cannot be replaced, but asks to be told of each free.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COUNTERSIGN_HAS_FREE_HOOK
#include <sanitizer/allocator_interface.h>
#endif
#endif

namespace countersign::test {

namespace {

thread_local FreedMemory* watcher = nullptr;

}  // namespace

FreedMemory::FreedMemory(std::string canary) : canary_{std::move(canary)} { watcher = this; }

FreedMemory::~FreedMemory() { watcher = nullptr; }

void FreedMemory::look(const void* block) noexcept
{
    const std::string_view bytes{static_cast<const char*>(block), ::malloc_usable_size(const_cast<void*>(block))};
    if (bytes.find(canary_) != std::string_view::npos) ++found_;
}

#ifdef COUNTERSIGN_HAS_FREE_HOOK

namespace {

void ignore(const volatile void*, std::size_t) {}

void look_at(const volatile void* block)
{
    if (watcher != nullptr && block != nullptr) watcher->look(const_cast<const void*>(block));
}

const int installed = __sanitizer_install_malloc_and_free_hooks(ignore, look_at);

}  // namespace

}  // namespace countersign::test

#else

namespace {

void give_back(void* block) noexcept
{
    if (watcher != nullptr && block != nullptr) watcher->look(block);
    std::free(block);
}

}  // namespace

}  // namespace countersign::test

// All that belongs together is replaced, so that a sanitizer sees memory freed the way it was taken. The forms for
// arrays call these.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }

void* operator new(std::size_t size)
{
    void* block = operator new(size, std::nothrow);
    if (block == nullptr) throw std::bad_alloc{};
    return block;
}

void operator delete(void* block) noexcept { countersign::test::give_back(block); }
void operator delete(void* block, std::size_t) noexcept { countersign::test::give_back(block); }

#endif
