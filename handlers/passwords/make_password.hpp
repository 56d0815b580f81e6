#pragma once

#include "handlers/core/error.hpp"
#include "handlers/core/secret.hpp"
#include "handlers/model/password_format.hpp"
#include "handlers/passwords/password_policy.hpp"
#include "handlers/ports/random.hpp"

#include <optional>
#include <string_view>

namespace countersign::passwords {

// The names that a standard password is made of, as in the profile.
struct PersonName
{
    std::string_view given;
    std::string_view family;
};

// The password for one change; none where a link is made. A passphrase always fits the policy; a standard password is
// made of the names alone, so ask faults_of() whether the policy takes it. Problems: those of standard_password and of
// passphrase.
Outcome<std::optional<Secret>> make_password(
    PasswordFormat format, const PersonName& name, const PasswordPolicy& policy, const PersonalData& person,
    Random& random);

}  // namespace countersign::passwords
