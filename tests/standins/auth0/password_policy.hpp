#pragma once

#include <boost/json/fwd.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace standins::auth0 {

// What a database connection demands of a password (auth0/CONTRACT.md, "Password policies"), legacy and flexible form
// in one. Rules count UTF-16 units, as JavaScript does; 0 switches a rule off.
struct PasswordPolicy
{
    enum class Mix
    {
        any,
        all_of,         // every listed type
        three_of_four,  // three of lower, upper, digit, special
    };

    std::size_t length_min = 0;  // 0: only the empty password is refused
    Mix mix = Mix::any;
    bool lower = false;  // the listed types, for Mix::all_of
    bool upper = false;
    bool digit = false;
    bool special = false;
    std::size_t identical_max = 0;
    std::size_t sequential_max = 0;
    bool refuse_over_72_bytes = false;  // otherwise what follows the 72nd byte is silently ignored
    std::size_t history_size = 0;
    bool has_dictionary = false;
    std::vector<std::string> custom_words;
    std::vector<std::string> personal_fields;  // profile fields whose value may not occur in a password
};

// "none", "low", "fair", "good", "excellent"; any other text is "none".
PasswordPolicy legacy_policy(std::string_view level);
// password_options.complexity of a connection.
PasswordPolicy flexible_policy(const boost::json::object& complexity);
// Everything that connection.options says; password_options, when present, replaces the legacy keys.
PasswordPolicy policy_of(const boost::json::object& connection_options);

// The codes of the broken character rules, as password-sheriff names them: nonEmpty, lengthAtLeast, shouldContain,
// containsAtLeast, identicalChars, sequentialChars, maxLength. Empty: the password passes them.
std::vector<std::string> broken_rules(std::string_view password, const PasswordPolicy& policy);

// The value of a blocked field of `user` (the Management API's user object) occurs in the password, whatever the case.
bool has_personal_data(
    std::string_view password, const std::vector<std::string>& fields, const boost::json::object& user);

// The fields that legacy password_no_personal_info blocks.
const std::vector<std::string>& default_personal_fields();

// What the tenant keeps of a password: with truncation, its first 72 bytes.
std::string_view effective_password(std::string_view password, const PasswordPolicy& policy);

// Auth0's message for a refused password, or empty. `was_used` tells whether the account had that password before.
std::string_view refusal(
    std::string_view password, const PasswordPolicy& policy, const boost::json::object& user,
    const std::function<bool(std::string_view)>& was_used);

}  // namespace standins::auth0
