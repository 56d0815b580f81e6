#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Remind" of the person who asked: a line in the card's thread, at most every reminder_pause.
Verdict remind(const Press& press, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> remind_approvers(
    const Services& services, slack::BlockAction click, ReplayMark replay);

}  // namespace countersign::actions
