#pragma once

#include "bot/runtime/machine_time.hpp"
#include "handlers/ports/sleeper.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace countersign {

// Looks at the time again at least every ten seconds, so that a machine that was suspended does not sleep hours too
// long.
class AsioSleeper final : public Sleeper
{
public:
    // `time` outlives the sleeper.
    AsioSleeper(boost::asio::any_io_executor executor, const MachineTime& time);

    boost::asio::awaitable<void> sleep_until(SteadyTime at) override;

private:
    boost::asio::any_io_executor executor_;
    const MachineTime& time_;
};

}  // namespace countersign
