#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Details" on a card or in the Home: a modal with all that is known, for people who may see it. Each look is recorded.
Verdict show(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> show_details(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
