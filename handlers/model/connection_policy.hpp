#pragma once

#include <optional>
#include <string>
#include <vector>

namespace countersign {

// `passwordPolicy` of a connection.
enum class StrengthLevel
{
    none,
    low,
    fair,
    good,
    excellent,
};

// `password_options.complexity`: the flexible policy's demands on characters.
struct PasswordComplexity
{
    enum class TypeRule
    {
        all,            // each of the types that are wanted
        three_of_four,  // three of the four types, all of which are wanted
    };
    enum class Overlong
    {
        truncate,  // what follows the 72nd byte is ignored
        error,     // more than 72 bytes are refused
    };

    std::optional<int> length_min;  // UTF-16 units, 1 to 72; absent: not said, Auth0's own default holds
    bool wants_lower = false;
    bool wants_upper = false;
    bool wants_number = false;
    bool wants_special = false;
    TypeRule type_rule = TypeRule::all;
    bool blocks_identical = false;   // three alike in a row
    bool blocks_sequential = false;  // three letters or digits that follow one another
    Overlong overlong = Overlong::truncate;

    friend bool operator==(const PasswordComplexity&, const PasswordComplexity&) = default;
};

struct PasswordHistory
{
    bool active = false;
    std::optional<int> size;  // passwords that are remembered, 0 to 24; absent: not said

    friend bool operator==(const PasswordHistory&, const PasswordHistory&) = default;
};

struct PasswordDictionary
{
    bool active = false;
    std::vector<std::string> words;  // the company's own, compared whole and without case
    std::string list;                // "en_10k", "en_100k"; empty: not said (the 10 000 of the legacy policy)

    friend bool operator==(const PasswordDictionary&, const PasswordDictionary&) = default;
};

struct PersonalDataRule
{
    bool active = false;
    std::vector<std::string> fields;  // profile fields ("name", "user_metadata.first"); empty: Auth0's own list

    friend bool operator==(const PersonalDataRule&, const PersonalDataRule&) = default;
};

// A database connection as far as it decides about passwords: exactly what it says (auth0/CONTRACT.md,
// "Password policies").
struct ConnectionPolicy
{
    explicit ConnectionPolicy(std::string name_) : name{std::move(name_)} {}

    std::string name;
    std::string id;                                // "con_...", may be empty
    StrengthLevel level = StrengthLevel::none;     // says nothing where `complexity` is there
    std::optional<int> length_min;                 // replaces the level's own length, up or down; 1 to 128
    std::optional<PasswordComplexity> complexity;  // the flexible policy, which replaces level and length_min
    PasswordHistory history;
    PasswordDictionary dictionary;
    PersonalDataRule personal_data;
    bool password_enabled = true;        // false: its accounts sign in without passwords
    bool is_custom_database = false;     // the company's own scripts keep the passwords
    bool imports_users = false;          // from that database into Auth0's, at their first login
    bool hides_password_change = false;  // its log-in page has no "Forgot password?"

    friend bool operator==(const ConnectionPolicy&, const ConnectionPolicy&) = default;
};

}  // namespace countersign
