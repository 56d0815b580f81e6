#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"

#include <chrono>
#include <cstddef>
#include <utility>

namespace countersign {

// An open file of ours, closed with this.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    int get() const noexcept { return number_; }
    explicit operator bool() const noexcept { return number_ >= 0; }
    // To be closed by the caller.
    int release() noexcept { return std::exchange(number_, -1); }

private:
    int number_ = -1;
};

// Everything up to the end, into locked memory; of a pipe, until its writer has closed it. Waits at most `limit` in
// all. Errc::too_large over `bytes_max`, not_found when no such descriptor is open, stale past the limit, else
// unavailable.
Result<Secret> read_to_end(int descriptor, std::size_t bytes_max, std::chrono::milliseconds limit);

}  // namespace countersign
