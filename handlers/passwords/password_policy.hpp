#pragma once

#include "handlers/core/secret.hpp"
#include "handlers/model/account.hpp"
#include "handlers/model/connection_policy.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::passwords {

// bcrypt, which Auth0 uses, reads no more (auth0/CONTRACT.md, "Password policies").
inline constexpr std::size_t password_bytes_max = 72;

// The words of `passwordPolicy`.
std::string_view name_of(StrengthLevel level) noexcept;
std::optional<StrengthLevel> strength_level_named(std::string_view name) noexcept;

// The kinds that Auth0 tells apart, all ASCII: a-z, A-Z, 0-9, and the 33 others from space to tilde. Everything else
// (accents, other scripts, emoji) is of no kind and counts for the length alone.
struct CharacterTypes
{
    bool lower = false;
    bool upper = false;
    bool digit = false;
    bool special = false;

    friend bool operator==(const CharacterTypes&, const CharacterTypes&) = default;
};

// What a database connection demands of a password, whichever form its policy has (auth0/CONTRACT.md, "Password
// policies").
struct PasswordPolicy
{
    enum class TypeRule
    {
        all,            // each of the wanted types; none wanted: anything goes
        three_of_four,  // any three of the four types
    };

    std::size_t length_min = 1;  // UTF-16 units, as JavaScript counts; 1: only the empty password is refused
    TypeRule type_rule = TypeRule::all;
    CharacterTypes wanted;           // read by TypeRule::all
    bool blocks_identical = false;   // three alike in a row
    bool blocks_sequential = false;  // three letters or digits that follow one another, up or down; case matters
    bool refuses_overlong = false;   // over password_bytes_max; false: what follows is ignored without a word
    bool keeps_history = false;
    bool has_dictionary = false;
    std::vector<std::string> dictionary;  // the company's own words, compared with the whole password, without case
    // Fields of the account whose value a password may not contain: "name", "user_metadata.first"; empty: no such rule.
    std::vector<std::string> blocked_fields;

    friend bool operator==(const PasswordPolicy&, const PasswordPolicy&) = default;
};

// What a connection says. Where a flexible policy names no length, Auth0's own default holds: not known here, so only
// the empty password is refused. An active rule about personal data without fields blocks legacy_blocked_fields().
PasswordPolicy password_policy_of(const ConnectionPolicy& connection);
PasswordPolicy password_policy_of(const PasswordComplexity& complexity);

// A legacy level; length_min replaces its own length, up or down. The other rules are off.
PasswordPolicy password_policy_of(StrengthLevel level, std::optional<std::size_t> length_min = {});

// What the legacy `password_no_personal_info` blocks. given_name and family_name are not among it.
const std::vector<std::string>& legacy_blocked_fields();

// The account's values by the name of their field, as blocked_fields names them. Of "email" the local part counts.
struct PersonalData
{
    std::map<std::string, std::string, std::less<>> values;

    friend bool operator==(const PersonalData&, const PersonalData&) = default;
};

// Of an account, all that a policy can name and that it has.
PersonalData personal_data_of(const Account& account);

// The values that a password may not contain under this policy, whatever their case; none is empty. Views of `person`.
std::vector<std::string_view> blocked_values(const PasswordPolicy& policy, const PersonalData& person);

enum class PasswordFault
{
    empty,
    too_short,
    types_missing,   // a wanted type is not there
    types_too_few,   // fewer than three of the four types
    identical_run,   // three alike in a row
    sequential_run,  // three that follow one another
    overlong,        // refused by the connection
    cut_off,         // the connection would take it, and silently ignore what follows the 72nd byte: our own refusal
    common,          // in a dictionary
    personal,        // contains a blocked value
    used_before,
};

// The codes of password-sheriff, which Auth0 runs, where it has one (nonEmpty, lengthAtLeast, shouldContain,
// containsAtLeast, identicalChars, sequentialChars, maxLength); else over_72_bytes, common_password, personal_data,
// used_before. Machines read them: never change one.
std::string_view name_of(PasswordFault fault) noexcept;

// All that is wrong with a password, in the order of the enum; empty: nothing that can be known here. `used_before`
// is the caller's knowledge of the history. The empty password breaks every rule that there is, as it does at Auth0.
// Of the built-in dictionaries (10 000 or 100 000 entries) only the first few are known here: what else they hold is
// learned from Auth0's refusal. Whether Auth0 compares personal data without case is not documented: assumed.
// The password should be UTF-8 in normalization form C; a byte that is none counts as one U+FFFD.
std::vector<PasswordFault> faults_of(
    const PasswordPolicy& policy, const Secret& password, const PersonalData& person, bool used_before);

// The wanted types that the password lacks; under three_of_four, those of the four.
CharacterTypes missing_types(const PasswordPolicy& policy, const Secret& password);

}  // namespace countersign::passwords
