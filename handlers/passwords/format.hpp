#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/passwords/policy.hpp"
#include "handlers/ports/random.hpp"

#include <optional>
#include <string_view>

namespace countersign {

// How an account gets its new password.
enum class PasswordFormat
{
    sop,         // the procedure's standard format, made of the names
    passphrase,  // random words
    ticket,      // the customer is sent a link and chooses: nobody here learns a password
};

// As they stand in the configuration and in stored requests: never change one.
std::string_view name_of(PasswordFormat format) noexcept;
std::optional<PasswordFormat> password_format_named(std::string_view name) noexcept;

// The names that a standard password is made of, as in the profile.
struct PersonName
{
    std::string_view given;
    std::string_view family;
};

// The password for one change; none for a ticket. A standard password is what it is, whether the policy takes it or
// not: ask faults_of. A passphrase always fits. Problems: those of standard_password and of passphrase.
Outcome<std::optional<Secret>> make_password(
    PasswordFormat format, const PersonName& name, const PasswordPolicy& policy, const PersonalData& person,
    Random& random);

}  // namespace countersign
