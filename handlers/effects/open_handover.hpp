#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Opens the window for a press that was committed, first of all and without any secret; then asks Slack once more
// whether the person may, opens the sealed password, puts it into the window, and records what became of it. What
// definitely was not shown can be pressed for again; what may have been shown counts as shown. Ends within
// opening_settled_after, but for words that explain why nothing is shown. Interrupted, it gives the press back as long
// as nothing was put into the window.
boost::asio::awaitable<void> open_handover(const Services& services, OpenHandover then);

}  // namespace countersign::effects
