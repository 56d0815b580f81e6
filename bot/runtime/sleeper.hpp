#pragma once

#include "handlers/ports/clock.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace countersign {

// Looks at the clock again at least every ten seconds, so that a machine that was suspended does not sleep hours too
// long.
class AsioSleeper final : public Sleeper
{
public:
    // `clock` outlives the sleeper.
    AsioSleeper(boost::asio::any_io_executor executor, const Clock& clock);

    boost::asio::awaitable<void> sleep_until(SteadyTime at) override;

private:
    boost::asio::any_io_executor executor_;
    const Clock& clock_;
};

}  // namespace countersign
