#pragma once

#include "handlers/model/password_format.hpp"
#include "handlers/passwords/password_policy.hpp"
#include "handlers/ports/random.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace countersign {

inline constexpr int length_min_max = 128;  // what Auth0 takes for a legacy connection

struct PasswordCheck
{
    StrengthLevel level = StrengthLevel::none;
    std::optional<std::size_t> length_min;  // instead of the level's own
    std::string complexity_file;            // when not empty, instead of level and length_min
    PasswordFormat format = PasswordFormat::sop;
    std::string people_file;
    bool as_json = false;
};

// Says for a list of people whose password the policy would refuse, and why, as the bot does before it asks approvers.
// Never prints a password. exit_ok, exit_refused, or exit_misconfigured when a file is wrong: then nothing but the
// faults is printed. A column `password` is judged by the policy alone: a password of more than 72 bytes, which the
// policy would cut off, gets a warning. Of names the password is made as the bot makes it: too long (over_72_bytes) or
// without a name (name_missing) it is refused under every policy. As JSON: an object a line and a person,
// {"row","line","first","last","ok","faults","warnings","utf16_units", "utf8_bytes"}; row 1 is the first person;
// `first` and `last` as in the file, absent where it has no names; faults and warnings are codes, those of
// name_of(PasswordFault), and name_missing and no_passphrase_fits.
int check_passwords(const PasswordCheck& check, Random& random, std::ostream& out, std::ostream& err);

}  // namespace countersign
