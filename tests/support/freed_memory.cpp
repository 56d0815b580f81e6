#include "tests/support/freed_memory.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>
#include <string_view>
#include <utility>

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
