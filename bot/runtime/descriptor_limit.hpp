#pragma once

#include <cstddef>
#include <cstdint>

namespace countersign {

// How many descriptors the process may have (RLIMIT_NOFILE).
struct DescriptorLimit
{
    std::uint64_t soft;
    std::uint64_t hard;
};

struct DescriptorPlan
{
    std::uint64_t soft;       // what the soft limit is to be: as it is, or the hard one
    std::size_t connections;  // how many there is room for; at most as many as were wanted
};

// Room for `wanted` connections beside `others`.
DescriptorPlan plan_descriptors(DescriptorLimit limit, std::size_t wanted, std::size_t others) noexcept;

inline constexpr std::size_t connections_least = 16;

// Raises the soft limit where that is needed, and returns how many connections may be accepted: `wanted`, or as many as
// the hard limit leaves, with a warning. Throws std::runtime_error when those are fewer than connections_least.
std::size_t fit_descriptors(std::size_t wanted, std::size_t others);

}  // namespace countersign
