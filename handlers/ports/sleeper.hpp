#pragma once

#include "handlers/core/time.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign {

// Waiting. Real in production, virtual in scenario tests.
class Sleeper
{
public:
    virtual ~Sleeper() = default;

    // Returns once Clock::steady() has reached `at`, at once when it has. Cancellable: throws operation_aborted.
    virtual boost::asio::awaitable<void> sleep_until(SteadyTime at) = 0;
};

}  // namespace countersign
