#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Ask for a link instead", where no password came: in the direct message once it was destroyed unseen or may not have
// been seen, and where none could be made of the names or for the policy. A new request, `id`, for the same account
// with the same reason, approved anew, at whose end the owner gets a link. A modal says what becomes of it.
Verdict ask_again_for_link(const Press& press, const RequestId& id, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> ask_for_link(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
