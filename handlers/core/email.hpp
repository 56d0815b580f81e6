#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/strong_id.hpp"

#include <string>
#include <string_view>

namespace countersign {

// Why what was typed is not taken for an address: each asks for another answer.
enum class EmailFault
{
    empty = 1,        // nothing typed
    not_one_address,  // no address, or something around it
    look_alike,       // letters outside ASCII: they can look like another address
    label_differs,    // a link that shows one address and means another
    too_long,         // over 64 bytes before the @, or over 254 in all (RFC 5321 section 4.5.3.1)
    typographic,      // an apostrophe or dash that a keyboard has "corrected"
    several,          // more than one
};

const boost::system::error_category& email_category() noexcept;

inline boost::system::error_code make_error_code(EmailFault fault) noexcept
{
    return {static_cast<int>(fault), email_category()};
}

// "empty", "look_alike", ...: the word of a fault, for logs.
std::string_view name_of(EmailFault fault) noexcept;

// One address as typed into Slack or delivered by it: bare, in quotes, marked as
// bold or the like, in angle brackets, there also behind a name, or as a mailto link whose label is the same address.
// Never repaired, only unwrapped; lower-cased. Its errors are EmailFault.
Result<Email> parse_email(std::string_view typed);

// What stands behind a slash command: an address, then free text.
struct CommandText
{
    Result<Email> email;
    std::string reason;           // one clean line of at most command_reason_units_max; may be empty
    bool reason_was_cut = false;  // then it ends in an ellipsis
};

inline constexpr std::size_t command_reason_units_max = 500;  // UTF-16 units

CommandText split_command_text(std::string_view text);

// "a…a@acme.com": enough to recognize an address that one knows. "a…@acme.com" when one character precedes the @.
std::string mask_email(const Email& email);

}  // namespace countersign

template <>
struct boost::system::is_error_code_enum<countersign::EmailFault> : std::true_type
{
};
