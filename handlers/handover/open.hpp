#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"

namespace countersign {

// Opens the modal for a press that was committed: asks Slack once more whether the person may, opens the sealed
// password, and records what became of it. What Slack definitely did not open can be pressed again; what it may have
// opened counts as shown.
boost::asio::awaitable<void> open_handover(const Services& services, OpenHandover then);

}  // namespace countersign
