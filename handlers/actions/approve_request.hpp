#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Approve" on a card. The press is stored as a claim and answered; Slack is asked afterwards whether it counts
// (handlers/effects/claim). A person who comes late, certainly may not decide, or has pressed already gets a private
// note at once. Nothing is approved while everything is frozen.
Verdict approve(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> approve_request(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
