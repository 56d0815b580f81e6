#pragma once

#include "handlers/rules/freeze.hpp"
#include "handlers/slack/block_kit.hpp"
#include "handlers/slack/message.hpp"

#include <set>
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
// The one that would be the last: Slack is asked first.
std::string release_being_checked();
// `lapsed`: whose releases turned out not to count any more.
std::string release_done(const FreezeNotice& notice, const std::set<SlackUserId>& lapsed);
std::string release_refused(rules::ReleaseFault fault, const FreezeSwitch& held);

}  // namespace countersign::views
