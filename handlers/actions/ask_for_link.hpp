#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Ask for a link instead": offered when the password was destroyed unseen or may not have been seen, and when none
// could be made of the names or for the policy. Begins a new request, `id`, for the same account with the same reason.
// It needs its own approval, and ends with a link for the owner. A modal says what becomes of it.
Verdict ask_again_for_link(const Press& press, const RequestId& id, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> ask_for_link(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
