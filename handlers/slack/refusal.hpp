#pragma once

#include "handlers/core/error.hpp"

#include <string_view>

namespace countersign::slack {

// What a definite no of Slack is about, and so whether it can be another answer later.
enum class Refusal
{
    about_message,  // the message or view itself: the same one is refused for ever
    about_person,   // whom it is for: gone, or nobody that a bot can write to
    gone,           // the message that it is about: deleted, or not ours to edit any more
    mendable,       // a channel, a right, a setting: somebody may mend it, or it passes. Also every code not known
};

// By Slack's error code.
Refusal kind_of(std::string_view code) noexcept;

// Whether this is Slack's word that a message which was there is not there any more, or cannot be edited.
bool is_gone(const Problem& problem) noexcept;

// Whether it is about the bot's token, wherever it showed first.
bool is_about_token(std::string_view code) noexcept;

// A definite no that no later try can change.
bool is_final(const Problem& problem) noexcept;

}  // namespace countersign::slack
