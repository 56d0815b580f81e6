#pragma once

#include "handlers/core/time.hpp"

#include <boost/asio/awaitable.hpp>

namespace countersign {

// Waiting for a wall-clock time. Real in production, virtual in scenario tests.
class Sleeper
{
public:
    virtual ~Sleeper() = default;

    // Returns once the clock has reached `at`, at once when it has. Cancellable: throws operation_aborted.
    virtual boost::asio::awaitable<void> sleep_until(TimePoint at) = 0;
};

}  // namespace countersign
