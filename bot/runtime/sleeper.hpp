#pragma once

#include "handlers/core/time.hpp"
#include "handlers/ports/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
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

// Looks at the clock again at least every ten seconds, so that a machine whose time is set, or that was suspended,
// does not sleep hours too long.
class AsioSleeper final : public Sleeper
{
public:
    // `clock` outlives the sleeper.
    AsioSleeper(boost::asio::any_io_executor executor, const Clock& clock);

    boost::asio::awaitable<void> sleep_until(TimePoint at) override;

private:
    boost::asio::any_io_executor executor_;
    const Clock& clock_;
};

}  // namespace countersign
