#pragma once

#include "handlers/core/error.hpp"
#include "handlers/model/member.hpp"
#include "handlers/model/settings.hpp"
#include "handlers/slack/message.hpp"

#include <string>

namespace countersign::views {

// What this person may do, or why they may not; escaped mrkdwn.
std::string rights_words(const Result<Member>& who);

// How Countersign works, for everybody; escaped mrkdwn that fits into one section.
std::string help_words(const Settings& settings);

// The answer to /password-help.
slack::Message help(const Result<Member>& who, const Settings& settings);

}  // namespace countersign::views
