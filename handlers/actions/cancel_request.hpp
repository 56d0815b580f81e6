#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Cancel request", for the requester alone, as long as nothing was sent to Auth0. Needs no role: cancelling is always
// safe.
Verdict cancel(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> cancel_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
