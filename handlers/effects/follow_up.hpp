#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"

namespace countersign::effects {

// Opens or replaces the window that follows an answer. (GoOn is carried out by handlers/actions/identify.) Ends within
// 5 s; throws StoreUnavailable like any effect.
boost::asio::awaitable<void> follow_up(const Services& services, FollowUp then);
// Instead of follow_up() when too many wait already: tells the person that their window does not open.
boost::asio::awaitable<void> drop_follow_up(const Services& services, FollowUp then);

}  // namespace countersign::effects
