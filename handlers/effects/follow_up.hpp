#pragma once

#include "handlers/handled.hpp"
#include "handlers/ports/services.hpp"

namespace countersign {

// Does what follows an answer. Ends within 5 s; throws StoreUnavailable like any effect.
boost::asio::awaitable<void> follow_up(const Services& services, FollowUp then);
// Does not do it, because too much is done at the same moment: the person is told, as far as it is a window.
boost::asio::awaitable<void> drop_follow_up(const Services& services, FollowUp then);

}  // namespace countersign
