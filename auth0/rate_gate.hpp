#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/time.hpp"

#include <chrono>
#include <optional>

namespace countersign::auth0 {

// A door that the service has closed for a while.
class RateGate
{
public:
    void close(Problem why, SteadyTime now, std::chrono::seconds length);
    void open() noexcept { why_.reset(); }

    // Why nothing may pass now, or nothing. The wait of a rate limit is what is left of it.
    std::optional<Problem> closed(SteadyTime now) const;

private:
    std::optional<Problem> why_;
    SteadyTime until_;
};

}  // namespace countersign::auth0
