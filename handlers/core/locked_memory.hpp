#pragma once

#include <cstddef>
#include <memory>

namespace countersign {

// Where secrets lie: a part of the memory that is not written to swap or into a core dump, with guard pages around it,
// wiped when it is given back (OpenSSL's secure heap). What does not fit, or on a machine that locks nothing, lies in
// ordinary memory; that is wiped all the same.
namespace locked_memory {

inline constexpr std::size_t heap_bytes = 2'097'152;  // well under the 8 MiB that a Debian process may lock

struct Wipe
{
    std::size_t size = 0;
    void operator()(char* bytes) const noexcept;
};

using Bytes = std::unique_ptr<char[], Wipe>;

// `size` bytes, not initialised. Throws std::bad_alloc.
Bytes take(std::size_t size);

enum class State
{
    locked,
    swappable,    // set apart and guarded, but the machine would not lock it (RLIMIT_MEMLOCK)
    unavailable,  // ordinary memory
};

// For the start of the program to warn about.
State state() noexcept;

// How many bytes of the heap are in use.
std::size_t used() noexcept;

}  // namespace locked_memory
}  // namespace countersign
