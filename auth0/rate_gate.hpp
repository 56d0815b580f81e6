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

    // Why no call may pass now; nullopt when one may. A rate limit gives the rest of its wait.
    std::optional<Problem> closed(SteadyTime now) const;

private:
    std::optional<Problem> why_;
    SteadyTime until_;
};

}  // namespace countersign::auth0
