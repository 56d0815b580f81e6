#pragma once

#include "handlers/requests/freeze.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/message.hpp"

#include <string>
#include <vector>

namespace countersign::views {

// The state of the switch for the Home, with the button that releases it for those who may; no block while nothing is
// frozen.
std::vector<slack::Block> freeze_banner(const FreezeSwitch& held, bool may_release = true);

// Answers to /password-freeze.
slack::Message freeze_begun(const Freeze& freeze);
slack::Message frozen_already(const FreezeSwitch& held);
slack::Message freeze_needs_reason();
slack::Message freeze_reason_too_long();

// For the channels. With the button where it can be pressed: in the approvals channel, while something is frozen.
slack::Message freeze_announcement(const FreezeNotice& notice, bool in_audit_channel);

// Notes about a click on "Release".
std::string release_done(const FreezeNotice& notice);
std::string release_refused(ReleaseFault fault, const FreezeSwitch& held);

}  // namespace countersign::views
