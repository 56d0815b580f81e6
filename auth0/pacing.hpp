#pragma once

#include "auth0/http_client.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace countersign::auth0 {

// How long a 429 asks us to wait: Retry-After, else x-ratelimit-reset (Unix seconds) as seen from `now`, clamped to
// 1..60 s; nothing when it does not say (contract/auth0.md section 10).
std::optional<std::chrono::seconds> wait_asked(const http::ClientResponse& response, TimePoint now);

// A door that the service has closed for a while. A closing that the clock has moved away from, in either direction,
// is over: a wrong clock must not lock us out.
class Door
{
public:
    void close(Problem why, TimePoint now, std::chrono::seconds length);
    void open() noexcept { why_.reset(); }

    // Why nothing may pass now, or nothing. The wait of a rate limit is what is left of it.
    std::optional<Problem> closed(TimePoint now) const;

private:
    std::optional<Problem> why_;
    TimePoint since_;
    TimePoint until_;
};

// Who goes first when the tenant's bucket runs low (contract/auth0.md section 10).
enum class Priority
{
    change,      // a password, an account, a link, a block: takes the last call of a bucket
    look_up,     // reading accounts, connections, the log: leaves a tenth of it
    after_care,  // sessions, refresh tokens, the second marker: leaves half of it
};

// Keeps our calls within the tenant's bucket as its answers describe it. Other callers share that bucket, so a 429 can
// come all the same. Buckets of fewer than ten calls are refilled within a second or two: there all go alike.
class Pacing
{
public:
    // Every answer of the Management API, at the time it arrived.
    void note(const http::ClientResponse& response, TimePoint now);

    // rate_limited while the bucket is known to hold nothing for this priority.
    std::optional<Problem> refusal(Priority priority, TimePoint now) const;

private:
    static constexpr std::size_t priorities = 3;

    std::array<Door, priorities> doors_;  // by Priority; what closes one closes those behind it
};

}  // namespace countersign::auth0
