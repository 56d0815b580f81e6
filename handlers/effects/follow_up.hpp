#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"

#include <string>

namespace countersign::effects {

// Does what follows an answer, but for going on with it (handlers/actions/identify). Ends within 5 s; throws
// StoreUnavailable like any effect.
boost::asio::awaitable<void> follow_up(const Services& services, FollowUp then);
// Does not do it, because too much is done at the same moment: the person is told, as far as it is a window.
boost::asio::awaitable<void> drop_follow_up(const Services& services, FollowUp then);

// Tells somebody, where they pressed or typed.
boost::asio::awaitable<void> tell(const Services& services, SlackUserId user, FallbackTarget back, std::string words);

}  // namespace countersign::effects
