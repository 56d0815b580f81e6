#pragma once

#include "handlers/passwords/password_policy.hpp"

#include <string>
#include <string_view>

namespace countersign::passwords {

// What is wrong with a password, as the end of a sentence that begins with it: "has 7 characters where 8 are needed",
// "has no digit (0-9)". Tells lengths and kinds, never a part of the password.
std::string explain(PasswordFault fault, const PasswordPolicy& policy, const Secret& password);

// All faults as one such end of a sentence: "has no digit (0-9) and was used before"; empty when there is none.
std::string explain(const std::vector<PasswordFault>& faults, const PasswordPolicy& policy, const Secret& password);

}  // namespace countersign::passwords
