#pragma once

#include "handlers/effects/job_result.hpp"
#include "handlers/ports/services.hpp"

#include <chrono>
#include <span>
#include <string_view>

namespace countersign::effects {

// What a kind of job does and how long it is tried.
struct Effect
{
    std::string_view kind;
    boost::asio::awaitable<JobResult> (*perform)(const Services&, Job);
    int attempts_max;                  // counted failures; then it is buried
    std::chrono::seconds first_delay;  // doubled after each failure
    std::chrono::seconds delay_max;
    std::chrono::hours age_max;  // however often it was only postponed, a job this old gets its last try
};

// Each kind, once.
std::span<const Effect> all_effects() noexcept;

// nullptr: no such kind (a job of a newer version).
const Effect* effect_named(std::string_view kind) noexcept;

// The wait before the next try: exponential, with 20 % of jitter, at least what the service asked for.
std::chrono::milliseconds back_off(const Effect& effect, int attempts, Random& random);

// Performs one job to its committed end: done, to be run again, or buried. Throws StoreUnavailable when nothing could
// be committed; the lease then brings the job back.
boost::asio::awaitable<void> perform(const Services& services, Job job);

}  // namespace countersign::effects
