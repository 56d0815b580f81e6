#pragma once

#include "handlers/actions/perform.hpp"

namespace countersign::actions {

// "Deny…" on a card: opens the form that asks why. Decides nothing; a person who could not deny gets a private note.
Verdict ask_why_to_deny(const Press& press, const Snapshot& seen, const Settings& settings);

// That form, submitted: decides under the same guards as a click. Where it cannot, the modal says why. Denying
// works during a freeze, too.
Verdict deny(const Action& action, std::string_view typed_reason, const Snapshot& seen, const Settings& settings);

boost::asio::awaitable<HandlerResult> deny_request(
    const Services& services, slack::ViewSubmission form, ReplayMark replay);

}  // namespace countersign::actions
