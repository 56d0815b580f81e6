#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Release freeze", in an announcement, in the answer to /password-freeze, or in the Home. The button's value is the
// version of the switch. The second of two different approvers ends the freeze, once Slack has said that both are
// approvers still (handlers/effects/release); late clicks are told.
Verdict release(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> release_freeze(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
