#pragma once

#include "handlers/model/handler_result.hpp"
#include "handlers/ports/services.hpp"
#include "handlers/slack/interaction.hpp"

namespace countersign::actions {

// "Deny…" on a card: opens the form that asks why. Decides nothing; whoever could not deny gets a private note.
boost::asio::awaitable<HandlerResult> open_deny_form(
    const Services& services, slack::BlockAction click, ReplayMark replay);

// That form, submitted: decides under the same guards as a click. Where it cannot, the modal says why. A freeze does
// not keep anybody from denying.
boost::asio::awaitable<HandlerResult> deny_request(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);

}  // namespace countersign::actions
