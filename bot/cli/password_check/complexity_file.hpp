#pragma once

#include "handlers/passwords/password_policy.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace countersign {

// The policy of a JSON file with the `password_options.complexity` object of a connection (auth0/CONTRACT.md, "Password
// policies"). Stricter than what is read from Auth0: a key that is not known is taken for a slip of the pen. Nothing
// when the file is wrong; then `err` has the reason.
std::optional<passwords::PasswordPolicy> read_complexity(const std::string& file, std::ostream& err);

}  // namespace countersign
