#pragma once

#include "handlers/core/error.hpp"

#include <string_view>

namespace countersign::slack {

// What a refusal by Slack is about, and so whether a later try can succeed.
enum class Refusal
{
    about_message,  // the message or view itself: the same one is refused for ever
    about_person,   // its reader: gone, or a person to whom bots cannot write
    gone,           // the message that it is about: deleted, or not ours to edit any more
    mendable,       // a channel, a right, a setting: somebody may mend it, or it passes. Also every code not known
};

// By Slack's error code.
Refusal kind_of(std::string_view code) noexcept;

// Whether Slack says that a message is gone, or cannot be edited any more.
bool is_gone(const Problem& problem) noexcept;

// Whether the refusal is about the bot's token.
bool is_about_token(std::string_view code) noexcept;

// Whether no later try can succeed.
bool is_final(const Problem& problem) noexcept;

}  // namespace countersign::slack
