#pragma once

#include "auth0/http_client.hpp"
#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"

#include <chrono>
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

// Keeps our calls within the tenant's bucket as its answers describe it. Other callers share that bucket, so a 429 can
// come all the same.
class Pacing
{
public:
    // Every answer of the Management API, at the time it arrived.
    void note(const http::ClientResponse& response, TimePoint now);

    // rate_limited while the bucket is known to be empty.
    std::optional<Problem> refusal(TimePoint now) const { return door_.closed(now); }

private:
    Door door_;
};

}  // namespace countersign::auth0
