#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"

#include <chrono>
#include <optional>

namespace countersign::auth0 {

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

}  // namespace countersign::auth0
