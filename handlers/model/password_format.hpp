#pragma once

#include <optional>
#include <string_view>

namespace countersign {

// What a password is made of.
enum class PasswordFormat
{
    sop,         // $First!Last$!, the procedure's standard format
    passphrase,  // random words
    link,        // a link with which the owner sets a password: nobody else learns one
};

// As they stand in the configuration.
std::string_view name_of(PasswordFormat format) noexcept;
std::optional<PasswordFormat> password_format_named(std::string_view name) noexcept;

}  // namespace countersign
